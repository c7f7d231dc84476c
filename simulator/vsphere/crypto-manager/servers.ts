import { awaitNextCheck } from "../providers/health";
import { kmsClusterNamed, trustedProviderNamed } from "../providers/lookup";
import { invalidArgumentFault, runtimeFault } from "../soap/faults";
import { method } from "../soap/method";
import { integer, optional, required, structure, text } from "../soap/parameters";
import type { VCenter } from "../vcenter/machine";
import type { KmipServer, KmsCluster } from "../vcenter/state";
import { newCluster, unregister } from "./clusters";
import { clusterOf, id, on, type ProviderId } from "./place";

interface ServerInfo {
  name: string;
  address: string;
  port: number;
  proxyAddress?: string;
  proxyPort?: number;
  reconnect?: number;
  protocol?: string;
  nbio?: number;
  timeout?: number;
  userName?: string;
}

interface ServerSpec {
  clusterId: ProviderId;
  info: ServerInfo;
  password?: string;
}

export const serverInfo = structure<ServerInfo>({
  name: required(text),
  address: required(text),
  port: required(integer),
  proxyAddress: optional(text),
  proxyPort: optional(integer),
  reconnect: optional(integer),
  protocol: optional(text),
  nbio: optional(integer),
  timeout: optional(integer),
  userName: optional(text),
});

const server = required(
  structure<ServerSpec>({ clusterId: required(id), info: required(serverInfo), password: optional(text) }),
);

export const serverMethods = {
  /** Makes the provider when this is its first server. */
  RegisterKmipServer: method<{ server: ServerSpec }>({
    on,
    params: { server },
    async handle({ vcenter }, { server: { clusterId, info, password } }) {
      if (info.name === "") throw invalidArgumentFault("server.info.name");
      if (clusterId.id === "") throw invalidArgumentFault("server.clusterId");
      if (trustedProviderNamed(vcenter, clusterId.id)) throw runtimeFault("Already registered");
      const cluster = kmsClusterNamed(vcenter, clusterId.id) ?? newCluster(vcenter, clusterId.id, "vCenter");
      if (cluster.managementType !== "vCenter") throw runtimeFault("Already registered");
      if (cluster.servers.some(({ name }) => name === info.name)) throw runtimeFault("Already registered");
      cluster.servers.push(serverOf(info));
      if (!vcenter.state.kmsClusters.includes(cluster)) vcenter.state.kmsClusters.push(cluster);
      setPassword(vcenter, cluster, info.name, password);
      awaitNextCheck(vcenter, cluster);
      await vcenter.save();
    },
  }),

  UpdateKmipServer: method<{ server: ServerSpec }>({
    on,
    params: { server },
    async handle({ vcenter }, { server: { clusterId, info, password } }) {
      const cluster = clusterOf(vcenter, clusterId);
      const before = cluster.servers.find(({ name }) => name === info.name);
      if (before === undefined) throw runtimeFault("Invalid server name");
      const replaces = vcenter.switches.serverUpdate === "replace";
      const after = replaces ? serverOf(info) : merged(before, info);
      cluster.servers = cluster.servers.map((each) => (each === before ? after : each));
      setPassword(vcenter, cluster, info.name, password);
      awaitNextCheck(vcenter, cluster);
      await vcenter.save();
    },
  }),

  RemoveKmipServer: method<{ clusterId: ProviderId; serverName: string }>({
    on,
    params: { clusterId: required(id), serverName: required(text) },
    async handle({ vcenter }, { clusterId, serverName }) {
      const cluster = clusterOf(vcenter, clusterId);
      if (!cluster.servers.some(({ name }) => name === serverName)) throw runtimeFault("Invalid server name");
      cluster.servers = cluster.servers.filter(({ name }) => name !== serverName);
      delete vcenter.secretsOf(cluster).passwords[serverName];
      awaitNextCheck(vcenter, cluster);
      if (cluster.servers.length === 0 && vcenter.switches.lastServerEndsProvider) unregister(vcenter, cluster);
      await vcenter.save();
    },
  }),
};

function serverOf({ name, address: host, port, ...rest }: ServerInfo): KmipServer {
  return merged({ name, host, port }, { name, address: host, port, ...rest });
}

/** What an update leaves out stays, and an empty text or -1 takes a setting away. */
function merged(before: KmipServer, info: ServerInfo): KmipServer {
  const { address: host, port, proxyAddress, proxyPort, timeout, userName, reconnect, protocol, nbio } = info;
  const proxyHost = kept(before.proxy?.host, proxyAddress);
  const keptPort = kept(before.proxy?.port, proxyPort);
  return {
    name: before.name,
    host,
    port,
    proxy: proxyHost === undefined ? undefined : { host: proxyHost, port: keptPort },
    timeoutSeconds: kept(before.timeoutSeconds, timeout),
    userName: kept(before.userName, userName),
    reconnect: kept(before.reconnect, reconnect),
    protocol: kept(before.protocol, protocol),
    nbio: kept(before.nbio, nbio),
  };
}

function kept<T extends string | number>(before: T | undefined, given: T | undefined): T | undefined {
  if (given === undefined) return before;
  return given === "" || given === -1 ? undefined : given;
}

function setPassword(vcenter: VCenter, cluster: KmsCluster, server: string, password: string | undefined): void {
  const { passwords } = vcenter.secretsOf(cluster);
  if (password === "") delete passwords[server];
  else if (password !== undefined) passwords[server] = password;
}
