import { kmsClusterNamed } from "../providers/lookup";
import { runtimeFault } from "../soap/faults";
import { type Kind, required, structure, text } from "../soap/parameters";
import type { VCenter } from "../vcenter/machine";
import type { KmsCluster } from "../vcenter/state";

/** What has these methods. */
export const on: readonly string[] = ["CryptoManagerKmip"];

export interface ProviderId {
  id: string;
}

export const id: Kind<ProviderId> = structure<ProviderId>({ id: required(text) });

export function clusterOf(vcenter: VCenter, { id: name }: ProviderId): KmsCluster {
  const cluster = kmsClusterNamed(vcenter, name);
  if (cluster) return cluster;
  throw runtimeFault("Invalid cluster ID");
}
