import { DEFAULT_CLUSTER } from "../../../provider/systems/element/default-cluster";
import type { Inventory } from "../../element/inventory";
import { CertificateFiles } from "../certificate-files";
import { slug, Variables } from "../names";
import type { Remark } from "../remark";
import { Code } from "../typescript";
import { planAttachments } from "./attachments";
import { clusterRemarks } from "./cluster-remarks";
import type { Declaration, Draft } from "./declaration";
import { planHardwareEncryption } from "./hardware-encryption";
import { planKeyPair } from "./key-pair";
import { planKeyProviders } from "./key-providers";
import { planKeyServers } from "./key-servers";
import { planMasterKey } from "./master-key";

export type { Declaration } from "./declaration";

/** What the program declares, and what only a person can decide. */
export interface Plan {
  /** Name of the cluster's connection. */
  connection: string;
  /** Logical name of what exists once on the cluster, and of the project. */
  name: string;
  /** In the order of their wiring. */
  declarations: Declaration[];
  /** Certificates (PEM) by the name of their file. */
  certificates: ReadonlyMap<string, string>;
  /** About the cluster as a whole, and about what the program does not declare. */
  remarks: Remark[];
}

/** Decides how a program declares what a cluster has. */
export function planProgram(inventory: Inventory, connection: string, now: Date): Plan {
  const draft: Draft = {
    inventory,
    now,
    name: slug(inventory.cluster.name) || "storage",
    cluster: connection === DEFAULT_CLUSTER ? undefined : new Code("cluster"),
    variables: new Variables(),
    certificates: new CertificateFiles(),
    remarks: [],
  };
  const keyPair = planKeyPair(draft);
  const servers = planKeyServers(draft);
  const providers = planKeyProviders(draft);
  const attachments = planAttachments(draft, servers, providers);
  const masterKey = planMasterKey(draft, { providers, attachments });
  const hardwareEncryption = planHardwareEncryption(draft, { providers, attachments });
  return {
    connection,
    name: draft.name,
    declarations: [
      ...keyPair,
      ...servers.values(),
      ...providers.values(),
      ...[...attachments.values()].flat(),
      ...masterKey,
      ...hardwareEncryption,
    ],
    certificates: draft.certificates.contents,
    remarks: [...draft.remarks, ...clusterRemarks(inventory)],
  };
}
