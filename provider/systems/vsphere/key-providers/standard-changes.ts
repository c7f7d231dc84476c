import type { KmipServerInfo, ManagedObjectReference } from "../api/types";
import type { Vcenter } from "../api/vcenter";
import type { KeyServer } from "../observed/key-providers";
import { infoOf } from "../observed/standard";
import type { KeyProviderChanges } from "./changes";

/** Writes to the key providers that a vCenter keeps by itself. */
export function standardChanges(vcenter: Vcenter): KeyProviderChanges {
  const register = (clusterId: string, server: KeyServer, password?: string) =>
    vcenter.call("RegisterKmipServer", { clusterId, info: infoOf(server), password });
  return {
    async create({ name, servers }, password) {
      // The first server makes the provider.
      for (const server of servers) await register(name, server, password);
    },
    async update({ name: clusterId, servers: found }, { servers: wanted }, password) {
      const before = new Map(found.map((server) => [server.name, server]));
      for (const server of wanted) {
        const known = before.get(server.name);
        if (known === undefined) await register(clusterId, server, password);
        else if (password !== undefined || differs(known, server)) {
          await vcenter.call("UpdateKmipServer", { clusterId, info: replacing(known, server), password });
        }
      }
      const names = new Set(wanted.map(({ name }) => name));
      for (const { name: serverName } of found) {
        if (!names.has(serverName)) await vcenter.call("RemoveKmipServer", { clusterId, serverName });
      }
    },
    async remove(clusterId) {
      await vcenter.call("UnregisterKmsCluster", { clusterId });
    },
    async trust(cluster, certificates) {
      for (const certificate of certificates) await vcenter.call("UploadKmipServerCert", { cluster, certificate });
    },
    generateCertificate: (cluster) => vcenter.call("GenerateSelfSignedClientCert", { cluster }),
    async useGenerated(cluster, certificate) {
      await vcenter.call("UpdateSelfSignedClientCert", { cluster, certificate });
    },
    requestSigning: (cluster, request) => vcenter.call("GenerateClientCsr", { cluster, request }),
    async useSigned(cluster, certificate) {
      await vcenter.call("UpdateKmsSignedCsrClientCert", { cluster, certificate });
    },
    async useKeyPair(cluster, certificate, privateKey) {
      await vcenter.call("UploadClientCert", { cluster, certificate, privateKey });
    },
  };
}

/** Makes a key provider the default of a vCenter, or of one of its entities; without a provider, it has none any more. */
export async function setDefaultKeyProvider(
  vcenter: Vcenter,
  entity: ManagedObjectReference | undefined,
  clusterId: string | undefined,
): Promise<void> {
  await vcenter.call("SetDefaultKmsCluster", { entity, clusterId });
}

const differs = (one: KeyServer, other: KeyServer): boolean =>
  JSON.stringify(infoOf(one)) !== JSON.stringify(infoOf(other));

/** A server as it is wanted, with what takes away what it has had. */
function replacing(known: KeyServer, wanted: KeyServer): KmipServerInfo {
  const info = infoOf(wanted);
  return {
    ...info,
    proxyAddress: info.proxyAddress ?? (known.proxy && ""),
    proxyPort: info.proxyPort ?? (known.proxy && -1),
    timeout: info.timeout ?? (known.connectionTimeout === undefined ? undefined : -1),
    userName: info.userName ?? (known.userName === undefined ? undefined : ""),
  };
}
