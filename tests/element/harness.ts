import type { Entry } from "../../provider/core/journal";
import type { Cluster } from "../../provider/systems/element/api/cluster";
import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import { LEFTOVER_KINDS } from "../../provider/systems/element/leftovers";
import { element } from "../../provider/systems/element/system";
import type { ClusterSimulator } from "../../simulator";
import { SystemResource, urnOf } from "../kit/resource";
import { type RunOptions, SystemRun } from "../kit/run";
import { PASSWORD, type Scene } from "./stage";

/** Runs against simulated clusters, by the names of their connections. */
export class Run extends SystemRun<ConnectionSettings, Cluster> {
  constructor(
    clusters: Record<string, Pick<ClusterSimulator, "endpoint" | "username" | "fingerprint256">>,
    options: RunOptions = {},
  ) {
    const settings = Object.entries(clusters).map(([name, { endpoint, username, fingerprint256 }]) => [
      name,
      { endpoint, username, password: PASSWORD, fingerprint256 },
    ]);
    super(element, Object.fromEntries(settings), { secret: PASSWORD, ...options });
  }

  cluster(name?: string): Cluster {
    return this.connection(name);
  }
}

export class Resource<I extends object, O extends object> extends SystemResource<I, O, "cluster"> {}

export const runOn = ({ cluster }: Scene): Run => new Run({ default: cluster });

/** Notes what a run leaves that was cut off when it had made a key server and a key provider, and attached them, and makes both. */
export async function cutOff({ journal, stack }: Run, scene: Scene): Promise<void> {
  const { uniqueID } = scene.cluster.state().identity;
  const noted = (token: string, kind: string) => {
    const attempts = [{ to: kind, name: `${kind} of a run that was cut off` }];
    const entry: Entry = { before: null, receipt: "never arrived", wrote: true, attempts };
    journal.write(uniqueID, urnOf(token, "left behind", stack), entry, "attempted");
    return attempts[0]?.name ?? "";
  };
  const { hostnames, port, caCertificate, clientCertificate } = await scene.keyServerArguments();
  await scene.byHand("CreateKeyServerKmip", {
    kmipKeyServerName: noted("element:KeyServer", LEFTOVER_KINDS.keyServer),
    kmipKeyServerHostnames: hostnames,
    kmipKeyServerPort: port,
    kmipCaCertificate: caCertificate,
    kmipClientCertificate: clientCertificate,
  });
  const keyProviderName = noted("element:KeyProvider", LEFTOVER_KINDS.keyProvider);
  await scene.byHand("CreateKeyProviderKmip", { keyProviderName });
  const { keyServer: keyServerID, keyProvider: keyProviderID } = scene.cluster.state().lastIDs;
  await scene.byHand("AddKeyServerToProviderKmip", { keyServerID, keyProviderID });
}
