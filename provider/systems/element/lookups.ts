import { type CertificateDescription, CertificateError, describeCertificates, PemError } from "../../pki";
import type { Cluster } from "./api/cluster";
import type {
  ClusterFault,
  ClusterInfo,
  EncryptionAtRestInfo,
  EncryptionKeyInfo,
  KeyProviderKmip,
  KeyServerKmip,
  Params,
} from "./api/types";
import { observeEncryption } from "./observed/hardware-encryption";
import { Holder } from "./observed/holder";
import { listKeyProviders } from "./observed/key-providers";
import { listKeyServers } from "./observed/key-servers";

/** What every look-up tells. */
export interface LookupResult {
  /** Identity of the cluster: its `uniqueID`. */
  clusterUniqueID: string;
}

/** A KMIP key server as the cluster knows it, its certificates in words. */
export interface KeyServerDescription extends Omit<KeyServerKmip, "kmipCaCertificate" | "kmipClientCertificate"> {
  /** CA certificates that sign the key server's own certificate; empty where their text cannot be read. */
  kmipCaCertificates: CertificateDescription[];
  /** The cluster's client certificate; absent where its text cannot be read. */
  kmipClientCertificate?: CertificateDescription;
}

export interface KeyServersResult extends LookupResult {
  /** All of them, attached to a key provider or not. */
  keyServers: KeyServerDescription[];
}

export async function lookUpKeyServers(cluster: Cluster): Promise<KeyServersResult> {
  const keyServers = (await listKeyServers(cluster)).map(({ kmipCaCertificate, kmipClientCertificate, ...server }) => ({
    ...server,
    kmipCaCertificates: inWords(kmipCaCertificate),
    kmipClientCertificate: inWords(kmipClientCertificate)[0],
  }));
  return { ...(await identityOf(cluster)), keyServers };
}

/** A cluster may hold what is no certificate: a look-up shows the rest. */
function inWords(pem: string): CertificateDescription[] {
  try {
    return describeCertificates(pem);
  } catch (error) {
    if (error instanceof PemError || error instanceof CertificateError) return [];
    throw error;
  }
}

export interface KeyProvidersResult extends LookupResult {
  /** All of them, active or not. */
  keyProviders: KeyProviderKmip[];
}

export async function lookUpKeyProviders(cluster: Cluster): Promise<KeyProvidersResult> {
  return { ...(await identityOf(cluster)), keyProviders: await listKeyProviders(cluster) };
}

/** Software encryption at rest. */
export interface SoftwareEncryption {
  /** Chosen when the cluster was created, for ever. */
  state: "enabled" | "disabled";
  /** How often it was enabled; absent before Element 12.3. */
  version?: number;
  /** The master key; absent where there is none, and before Element 12.3. */
  masterKeyInfo?: EncryptionKeyInfo;
  /** Handle of the running or latest rekey, until its result is deleted. */
  rekeyMasterKeyAsyncResultID?: number;
}

export interface EncryptionInfoResult extends LookupResult {
  /** Software encryption at rest, and its master key. */
  softwareEncryptionAtRest: SoftwareEncryption;
  /** Hardware encryption at rest. Before Element 12.3 its key is told from the drives. */
  encryptionAtRest: EncryptionAtRestInfo;
}

export async function lookUpEncryptionInfo(cluster: Cluster): Promise<EncryptionInfoResult> {
  return {
    ...(await identityOf(cluster)),
    softwareEncryptionAtRest: await softwareEncryption(cluster),
    encryptionAtRest: await hardwareEncryption(cluster),
  };
}

async function softwareEncryption(cluster: Cluster): Promise<SoftwareEncryption> {
  if (!(await cluster.supports("GetSoftwareEncryptionAtRestInfo"))) {
    return { state: (await cluster.clusterInfo()).softwareEncryptionAtRestState ?? "disabled" };
  }
  const { state = "disabled", status: _, ...others } = await cluster.call("GetSoftwareEncryptionAtRestInfo", {});
  return { ...others, state };
}

async function hardwareEncryption(cluster: Cluster): Promise<EncryptionAtRestInfo> {
  const { state, holder, keyID } = await observeEncryption(cluster);
  return holder === undefined ? { state } : { state, authenticationKeyInfo: { ...Holder.asOutputs(holder), keyID } };
}

export interface ClusterFaultsResult extends LookupResult {
  /** Those that were asked for. */
  faults: ClusterFault[];
}

export async function lookUpClusterFaults(
  cluster: Cluster,
  { faultTypes = "current", bestPractices = false }: Partial<Params<"ListClusterFaults">>,
): Promise<ClusterFaultsResult> {
  const { faults } = await cluster.call("ListClusterFaults", { faultTypes, bestPractices });
  return { ...(await identityOf(cluster)), faults };
}

export interface ClusterInfoResult
  extends LookupResult,
    Pick<
      ClusterInfo,
      "name" | "uuid" | "mvip" | "svip" | "encryptionAtRestState" | "softwareEncryptionAtRestState" | "attributes"
    > {
  /** Version of the Element software, such as `12.3.0.958`. */
  clusterVersion: string;
  /** Newest API version that the cluster serves. */
  clusterAPIVersion: string;
}

export async function lookUpClusterInfo(cluster: Cluster): Promise<ClusterInfoResult> {
  const { name, uuid, mvip, svip, ...info } = await cluster.clusterInfo();
  const { encryptionAtRestState, softwareEncryptionAtRestState, attributes } = info;
  const { clusterVersion, clusterAPIVersion } = await cluster.call("GetClusterVersionInfo", {});
  return {
    ...(await identityOf(cluster)),
    ...{ name, uuid, mvip, svip, encryptionAtRestState, softwareEncryptionAtRestState, attributes },
    ...{ clusterVersion, clusterAPIVersion },
  };
}

async function identityOf(cluster: Cluster): Promise<LookupResult> {
  return { clusterUniqueID: (await cluster.clusterInfo()).uniqueID };
}
