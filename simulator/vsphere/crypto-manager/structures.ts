import { createHash, X509Certificate } from "node:crypto";
import { List, ManagedObjectReference, Structure, type Value } from "../soap/values";
import type { KmipServer, KmsCluster, VCenterState } from "../vcenter/state";

export const providerId = (id: string): Structure => new Structure("KeyProviderId", { id });

export const keyIdStructure = (keyId: string, provider: string | undefined): Structure =>
  new Structure("CryptoKeyId", { keyId, providerId: provider === undefined ? undefined : providerId(provider) });

/** A provider as lists show it. */
export function clusterInfo(
  { defaultProvider, entityDefaults }: VCenterState,
  { name, servers, managementType, native }: KmsCluster,
  withServers = true,
): Structure {
  const entities = entityDefaults.filter(({ provider }) => provider === name);
  return new Structure("KmipClusterInfo", {
    clusterId: providerId(name),
    servers: withServers ? new List("KmipServerInfo", servers.map(serverInfo)) : undefined,
    useAsDefault: name === defaultProvider,
    managementType,
    useAsEntityDefault: references(entities.map(({ entity }) => new ManagedObjectReference(entity.type, entity.value))),
    hasBackup: native?.hasBackup,
    tpmRequired: native?.tpmRequired,
    keyId: native?.keyID,
  });
}

/** A password is never among it. */
const serverInfo = (server: KmipServer): Structure =>
  new Structure("KmipServerInfo", {
    name: server.name,
    address: server.host,
    port: server.port,
    proxyAddress: server.proxy?.host,
    proxyPort: server.proxy?.port,
    reconnect: server.reconnect,
    protocol: server.protocol,
    nbio: server.nbio,
    timeout: server.timeoutSeconds,
    userName: server.userName,
  });

/** A certificate in vCenter's own words. */
export function certificateInfo(pem: string, now: Date): Structure {
  const certificate = new X509Certificate(pem);
  const [notBefore, notAfter] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  const secondsFrom = (from: Date, to: Date) => Math.floor((to.getTime() - from.getTime()) / 1000);
  return new Structure("CryptoManagerKmipCertificateInfo", {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serialNumber: certificate.serialNumber,
    notBefore,
    notAfter,
    fingerprint: (createHash("sha1").update(certificate.raw).digest("hex").toUpperCase().match(/../g) ?? []).join(":"),
    checkTime: now,
    secondsSinceValid: secondsFrom(notBefore, now),
    secondsBeforeExpire: secondsFrom(now, notAfter),
  });
}

export const references = (items: Value[]): List => new List("ManagedObjectReference", items);

export const hostReference = (id: string) => new ManagedObjectReference("HostSystem", id);

export const machineReference = (id: string) => new ManagedObjectReference("VirtualMachine", id);

/** A name without a part is no text at all. */
const oneLine = (name: string | undefined): string => (name ?? "").split("\n").join(",");
