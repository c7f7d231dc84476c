import type { System } from "../chassis/system";
import { certificateSubject } from "./birth";
import type { Cluster } from "./cluster/machine";
import type { Switches } from "./cluster/switches";
import { readCall } from "./json-rpc";
import { opensDataKey } from "./methods/data-key";
import { resumeDriveAdditions } from "./methods/drive-addition";
import { resumeHardwareEncryption } from "./methods/hardware-encryption";
import { runRekey } from "./methods/rekey-job";
import { scenarios } from "./scenarios";
import { switchValues } from "./switch-values";

/** An Element cluster, as the chassis runs it. */
export function elementSystem(cluster: Cluster): System<Switches> {
  return {
    read: (request) => readCall(cluster, request),
    certificateSubject: certificateSubject(cluster.state.identity.name),
    switchValues,
    scenarios: Object.fromEntries(
      Object.entries(scenarios).map(([name, act]) => [name, (params) => act(cluster, params)]),
    ),
    routes: { "GET /unwrap": async () => ({ unwraps: await opensDataKey(cluster) }) },
    unfinished: [
      () => runRekey(cluster, true),
      () => resumeHardwareEncryption(cluster),
      () => resumeDriveAdditions(cluster),
    ],
  };
}
