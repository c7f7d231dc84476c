import {
  type AboutInfo,
  type CryptoKeyId,
  type CryptoKeyStatus,
  ENTITY_STATUSES,
  type KmipCertificateInfo,
  type KmipClusterInfo,
  type KmipClusterStatus,
  type KmipServerCertInfo,
  type KmipServerInfo,
  type KmipServerStatus,
  MANAGEMENT_TYPES,
  type ServiceContent,
} from "../types";
import { integer, many, maybe, name, one, oneOf, type Read, reference, struct, text, truth } from "./reading";

/** What a member holds whose place is empty: an update says so where it cannot leave the member out. */
const filled =
  <T>(read: Read<T>, empty: T): Read<T | undefined> =>
  (element, path) => {
    const value = read(element, path);
    return value === empty ? undefined : value;
  };

/** The name of a provider, which is an object of one member. */
export const providerId: Read<string> = (element, path) => one(name)(element, "id", path);

export const serviceContent = struct<ServiceContent>({
  about: one(struct<AboutInfo>({ fullName: one(text), apiVersion: one(name), instanceUuid: one(name) })),
  rootFolder: one(reference),
  propertyCollector: one(reference),
  viewManager: one(reference),
  sessionManager: one(reference),
  cryptoManager: maybe(reference),
});

const server = struct<KmipServerInfo>({
  name: one(name),
  address: one(name),
  port: one(integer),
  proxyAddress: maybe(filled(text, "")),
  proxyPort: maybe(filled(integer, -1)),
  timeout: maybe(filled(integer, -1)),
  userName: maybe(filled(text, "")),
});

/** One that says not whether it is the default must not pass for one that is not. */
export const clusterInfo = struct<KmipClusterInfo>({
  clusterId: one(providerId),
  servers: many(server),
  useAsDefault: one(truth),
  managementType: maybe(oneOf(...MANAGEMENT_TYPES)),
  useAsEntityDefault: many(reference),
});

const certificateInfo = struct<KmipCertificateInfo>({
  subject: one(text),
  issuer: one(text),
  notBefore: one(text),
  notAfter: one(text),
});

const serverStatus = struct<KmipServerStatus>({
  name: one(name),
  status: one(oneOf(...ENTITY_STATUSES)),
  connectionStatus: one(text),
  certInfo: maybe(certificateInfo),
  clientTrustServer: maybe(truth),
  serverTrustClient: maybe(truth),
});

export const clusterStatus = struct<KmipClusterStatus>({
  clusterId: one(providerId),
  overallStatus: maybe(oneOf(...ENTITY_STATUSES)),
  servers: many(serverStatus),
});

export const serverCertificate = struct<KmipServerCertInfo>({
  certificate: one(name),
  clientTrustServer: maybe(truth),
});

export const keyId = struct<CryptoKeyId>({ keyId: one(name), providerId: maybe(providerId) });

export const keyStatus = struct<CryptoKeyStatus>({
  keyId: one(keyId),
  keyAvailable: maybe(truth),
  reason: maybe(text),
  encryptedVMs: many(reference),
  affectedHosts: many(reference),
  referencedByTags: many(text),
});
