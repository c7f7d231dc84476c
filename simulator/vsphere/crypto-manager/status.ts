import type { ManagedObjects, StatusTask } from "../inventory/registry";
import { healthOf, isHealthy, verdictOn } from "../providers/health";
import { kmsClusterNamed } from "../providers/lookup";
import { invalidArgumentFault, localizedFault, runtimeFault } from "../soap/faults";
import { method } from "../soap/method";
import { type Kind, optional, repeated, required, text } from "../soap/parameters";
import { List, Structure } from "../soap/values";
import type { XmlElement } from "../soap/xml";
import type { VCenter } from "../vcenter/machine";
import type { KmsCluster, ObservedServer } from "../vcenter/state";
import { clusterOf, id, on, type ProviderId } from "./place";
import { certificateInfo, providerId } from "./structures";

/** Which providers, and which of their servers, the status is wanted of. */
interface Wanted {
  clusterId: ProviderId;
  servers: { name: string }[];
}

/** Clients send back what lists have told them, of which names alone count here. */
const wanted: Kind<Wanted> = ({ children }) => ({
  clusterId: required(id)(named(children, "clusterId"), "clusterId"),
  servers: named(children, "servers").map(({ children: members }) => ({
    name: required(text)(named(members, "name"), "name"),
  })),
});

const named = (elements: XmlElement[], name: string) => elements.filter((each) => each.name === name);

export const statusMethods = {
  RetrieveKmipServersStatus_Task: method<{ clusters: Wanted[] }>({
    on,
    params: { clusters: repeated(wanted) },
    handle({ vcenter, objects, session }, { clusters }) {
      const task: StatusTask = {
        reference: objects.newReference("Task", "task"),
        user: session?.user ?? "",
        queuedAt: vcenter.now(),
        state: "queued",
      };
      forgetOldTasks(vcenter, objects);
      objects.tasks.set(task.reference.value, task);
      vcenter.jobs.start(() => run(vcenter, task, clusters));
      return task.reference;
    },
  }),

  IsKmsClusterActive: method<{ cluster?: ProviderId }>({
    on,
    params: { cluster: optional(id) },
    async handle({ vcenter }, { cluster }) {
      const wanted = cluster?.id ?? vcenter.state.defaultProvider;
      if (wanted === undefined) throw invalidArgumentFault("cluster");
      const { servers } = await healthOf(vcenter, clusterOf(vcenter, { id: wanted }));
      return ["good", "mixed"].includes(verdictOn(servers));
    },
  }),
};

async function run(vcenter: VCenter, task: StatusTask, asked: Wanted[]): Promise<void> {
  const dueIn = (share: number) => () =>
    vcenter.switches.taskSeconds * 1000 * share - vcenter.since(task.queuedAt.toISOString());
  await vcenter.jobs.waitUntilDue(dueIn(0.5));
  Object.assign(task, { state: "running", startedAt: vcenter.now() } satisfies Partial<StatusTask>);
  await vcenter.jobs.waitUntilDue(dueIn(1));
  const unknown = asked.find(({ clusterId }) => kmsClusterNamed(vcenter, clusterId.id) === undefined);
  const outcome: Partial<StatusTask> = unknown
    ? { state: "error", error: localizedFault(runtimeFault("Invalid cluster ID")) }
    : { state: "success", result: await statusOf(vcenter, asked) };
  Object.assign(task, outcome, { endedAt: vcenter.now() } satisfies Partial<StatusTask>);
}

/** A finished task can be asked for, for a while. */
function forgetOldTasks(vcenter: VCenter, { tasks }: ManagedObjects): void {
  const longest = vcenter.switches.taskRetentionSeconds * 1000;
  for (const [id, { endedAt }] of tasks) {
    if (endedAt !== undefined && vcenter.since(endedAt.toISOString()) > longest) tasks.delete(id);
  }
}

async function statusOf(vcenter: VCenter, asked: Wanted[]): Promise<List> {
  const everything = vcenter.state.kmsClusters.map(({ name }): Wanted => ({ clusterId: { id: name }, servers: [] }));
  const items = (asked.length === 0 ? everything : asked).flatMap(({ clusterId, servers }) => {
    const cluster = kmsClusterNamed(vcenter, clusterId.id);
    return cluster
      ? [
          clusterStatus(
            vcenter,
            cluster,
            servers.map(({ name }) => name),
          ),
        ]
      : [];
  });
  return new List("CryptoManagerKmipClusterStatus", await Promise.all(items));
}

async function clusterStatus(vcenter: VCenter, cluster: KmsCluster, names: string[]): Promise<Structure> {
  const now = vcenter.now();
  const { name, managementType, clientCertificate } = cluster;
  const observed = (await healthOf(vcenter, cluster)).servers;
  const asked = cluster.servers.filter((each) => names.length === 0 || names.includes(each.name));
  const colours = { none: "gray", good: "green", mixed: mixedColours[vcenter.switches.mixedHealth], bad: "red" };
  return new Structure("CryptoManagerKmipClusterStatus", {
    clusterId: providerId(name),
    overallStatus: colours[verdictOn(observed)],
    managementType,
    servers: new List(
      "CryptoManagerKmipServerStatus",
      asked.map((each) =>
        serverStatus(
          each.name,
          observed?.find((it) => it.name === each.name),
          now,
        ),
      ),
    ),
    clientCertInfo: clientCertificate && certificateInfo(clientCertificate.pem, now),
  });
}

const mixedColours = { OK: "green", WARNING: "yellow", ERROR: "red" };

function serverStatus(name: string, observed: ObservedServer | undefined, now: Date): Structure {
  const colour = observed === undefined ? "gray" : isHealthy(observed) ? "green" : "red";
  return new Structure("CryptoManagerKmipServerStatus", {
    name,
    status: colour,
    connectionStatus: observed === undefined ? "Unknown" : (observed.complaints[0] ?? "Success"),
    certInfo: observed?.certificate === undefined ? undefined : certificateInfo(observed.certificate, now),
    clientTrustServer: observed?.clientTrustServer,
    serverTrustClient: observed?.serverTrustClient,
  });
}
