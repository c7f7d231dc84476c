import { clusterInfo, hostReference, keyIdStructure, machineReference, references } from "../crypto-manager/structures";
import type { SoapCall } from "../soap/method";
import { Any, List, ManagedObjectReference, Structure, type Value } from "../soap/values";
import type { VCenter } from "../vcenter/machine";
import type { Session } from "../vcenter/sessions";
import type { WrappedDataKey } from "../vcenter/state";
import type { ContainerView, StatusTask } from "./registry";
import { serviceContent } from "./service-content";

/** A managed object: what it is, and its properties by name. */
export interface ManagedObject {
  reference: ManagedObjectReference;
  properties: Readonly<Record<string, Value>>;
}

export const ROOT = new ManagedObjectReference("Folder", "group-d1");
const DATACENTER = new ManagedObjectReference("Datacenter", "datacenter-2");
const MACHINES = new ManagedObjectReference("Folder", "group-v3");
const HOSTS = new ManagedObjectReference("Folder", "group-h4");

/** Everything that properties can be asked of, by its id. */
export function objectsOf(call: Pick<SoapCall, "vcenter" | "objects" | "session">): Map<string, ManagedObject> {
  const { vcenter, objects, session } = call;
  const inventory = [...services(vcenter, session), ...folders(vcenter), ...machines(vcenter)];
  const all = new Map(inventory.map((object) => [object.reference.value, object]));
  for (const task of objects.tasks.values()) all.set(task.reference.value, taskObject(task));
  for (const view of objects.views.values()) all.set(view.reference.value, viewObject(view, all));
  return all;
}

function services({ state }: VCenter, session: Session | undefined): ManagedObject[] {
  const content = serviceContent(state, ROOT);
  const { sessionManager, cryptoManager } = content.members;
  return [
    { reference: new ManagedObjectReference("ServiceInstance", "ServiceInstance"), properties: { content } },
    {
      reference: sessionManager as ManagedObjectReference,
      properties: { currentSession: session && userSession(session) },
    },
    {
      reference: cryptoManager as ManagedObjectReference,
      properties: {
        enabled: true,
        kmipServers: new List(
          "KmipClusterInfo",
          state.kmsClusters.map((each) => clusterInfo(state, each)),
        ),
      },
    },
  ];
}

export const userSession = ({ key, user, createdAt, lastAccessedAt }: Session): Structure =>
  new Structure("UserSession", {
    key,
    userName: user,
    fullName: user,
    loginTime: createdAt,
    lastActiveTime: lastAccessedAt,
    locale: "en",
    messageLocale: "en",
    extensionSession: false,
    ipAddress: "127.0.0.1",
    userAgent: "",
    callCount: 0,
  });

function folders({ state }: VCenter): ManagedObject[] {
  const clusters = [...state.trustAuthorityClusters, ...state.trustedClusters];
  const clusterReference = (id: string) => new ManagedObjectReference("ClusterComputeResource", id);
  const folder = (reference: ManagedObjectReference, name: string, parent: Value, children: Value[]) => ({
    reference,
    properties: { name, parent, childEntity: references(children) },
  });
  return [
    folder(ROOT, "Datacenters", undefined, [DATACENTER]),
    { reference: DATACENTER, properties: { name: "Datacenter", parent: ROOT, vmFolder: MACHINES, hostFolder: HOSTS } },
    folder(
      MACHINES,
      "vm",
      DATACENTER,
      state.virtualMachines.map(({ id }) => machineReference(id)),
    ),
    folder(
      HOSTS,
      "host",
      DATACENTER,
      clusters.map(({ cluster }) => clusterReference(cluster)),
    ),
    ...clusters.map(({ cluster, name }) => ({
      reference: clusterReference(cluster),
      properties: {
        name,
        parent: HOSTS,
        host: references(state.hosts.filter((host) => host.cluster === cluster).map(({ id }) => hostReference(id))),
      },
    })),
  ];
}

function machines({ state }: VCenter): ManagedObject[] {
  const hosts = state.hosts.map(({ id, name, cluster, dataKey }) => ({
    reference: hostReference(id),
    properties: {
      name,
      parent: new ManagedObjectReference("ClusterComputeResource", cluster),
      vm: references(state.virtualMachines.filter(({ host }) => host === id).map((each) => machineReference(each.id))),
      runtime: new Structure("HostRuntimeInfo", {
        connectionState: "connected",
        powerState: "poweredOn",
        inMaintenanceMode: false,
        cryptoState: dataKey ? "safe" : "incapable",
        cryptoKeyId: keyIdOf(dataKey),
      }),
    },
  }));
  const virtual = state.virtualMachines.map(({ id, name, host, dataKey }) => ({
    reference: machineReference(id),
    properties: {
      name,
      parent: MACHINES,
      config: new Structure("VirtualMachineConfigInfo", { name, template: false, keyId: keyIdOf(dataKey) }),
      runtime: new Structure("VirtualMachineRuntimeInfo", {
        host: hostReference(host),
        connectionState: "connected",
        powerState: "poweredOn",
        cryptoState: dataKey && "unlocked",
      }),
    },
  }));
  return [...hosts, ...virtual];
}

function taskObject({
  reference,
  user,
  queuedAt,
  startedAt,
  endedAt,
  state,
  result,
  error,
}: StatusTask): ManagedObject {
  const info = new Structure("TaskInfo", {
    key: reference.value,
    task: reference,
    descriptionId: "com.vmware.vim.encryption.CryptoManagerKmip.retrieveKmipServersStatus",
    state,
    cancelled: false,
    cancelable: false,
    error,
    result: result === undefined ? undefined : new Any(result),
    progress: state === "running" ? 50 : undefined,
    reason: new Any(new Structure("TaskReasonUser", { userName: user })),
    queueTime: queuedAt,
    startTime: startedAt,
    completeTime: endedAt,
    eventChainId: 0,
  });
  return { reference, properties: { info } };
}

function viewObject({ reference, container, types, recursive }: ContainerView, all: Map<string, ManagedObject>) {
  const inside = contentsOf(container, all, recursive);
  const asked = inside.filter(({ type }) => types.length === 0 || types.some((wanted) => isKindOf(type, wanted)));
  return {
    reference,
    properties: { container, type: new List("string", types), recursive, view: references(asked) },
  };
}

/** What is in a container, whichever of its properties says so. */
function contentsOf(
  container: ManagedObjectReference,
  all: Map<string, ManagedObject>,
  recursive: boolean,
): ManagedObjectReference[] {
  const { childEntity, vmFolder, hostFolder, host } = all.get(container.value)?.properties ?? {};
  const children = [childEntity, vmFolder, hostFolder, host].flatMap(referencesIn);
  return children.flatMap((child) => [child, ...(recursive ? contentsOf(child, all, true) : [])]);
}

export const referencesIn = (value: Value): ManagedObjectReference[] =>
  [value instanceof List ? value.items : value]
    .flat()
    .filter((each): each is ManagedObjectReference => each instanceof ManagedObjectReference);

const entities = new Set(["Folder", "Datacenter", "ComputeResource", "HostSystem", "VirtualMachine"]);

/** Whether objects of a type are also of a wider one. */
export function isKindOf(type: string, wanted: string): boolean {
  if (type === wanted || wanted === "ManagedObject") return true;
  if (type === "ClusterComputeResource") return isKindOf("ComputeResource", wanted);
  return wanted === "ManagedEntity" && entities.has(type);
}

const keyIdOf = (dataKey: WrappedDataKey | undefined) => dataKey && keyIdStructure(dataKey.keyID, dataKey.provider);
