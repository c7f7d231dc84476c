import { isDeepStrictEqual } from "node:util";
import type { Comparing, Self } from "../../../core/lifecycle";
import { readCertificateRequest, type Subject } from "../../../pki";
import type { Cluster } from "../api/cluster";
import type { KeyServerKmip } from "../api/types";
import { EXTERNAL_KEY_MANAGEMENT } from "../components";
import { KeyPairInUseError } from "../errors";
import { nameOf } from "../wording";
import { listKeyProviders } from "./key-providers";
import { clusterCertificateRequest, listKeyServers, namesAbsence } from "./key-servers";

/** A cluster's key pair, as far as the cluster shows it. */
export interface ObservedPair {
  subject: Subject;
  publicKeyFingerprint: string;
}

/** The certificate signing request is the only way to read the pair. */
export async function observe(cluster: Cluster, saysThereIsNone = namesAbsence): Promise<ObservedPair | undefined> {
  const pem = await clusterCertificateRequest(cluster, saysThereIsNone);
  if (pem === undefined) return undefined;
  const { subjectFields: subject, publicKeyFingerprint } = readCertificateRequest(pem);
  return { subject, publicKeyFingerprint };
}

/** A subject that was not given matches every pair. */
export const subjectMatches = (wanted: Subject | undefined, found: Subject): boolean =>
  wanted === undefined || isDeepStrictEqual(defined(wanted), defined(found));

const defined = (subject: Subject): Record<string, unknown> =>
  Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== undefined));

/** The refusal of a new pair that would cut the cluster off from a key server; `undefined` where it would not. */
export async function refusalOfNewPair(
  cluster: Cluster,
  regenerate: boolean,
  { self }: Pick<Comparing, "self">,
): Promise<KeyPairInUseError | undefined> {
  const use = await useOf(cluster, regenerate);
  if (use === undefined) return undefined;
  const keep = regenerate
    ? 'to keep the pair, leave "regenerate" as it was'
    : 'to keep the pair, declare its subject, or leave "subject" out';
  return new KeyPairInUseError({
    attempt: `making a new key pair for "${self.name}"`,
    place: cluster.place,
    reason: use.reason,
    wayOut: `${keep}; to replace it, ${use.isActive ? `${wayToInternalKeys(self)}; then ` : ""}set or change "regenerate"`,
  });
}

/** The keys and key servers that need the present pair, in words. */
async function useOf(
  cluster: Cluster,
  regenerate: boolean,
): Promise<{ reason: string; isActive: boolean } | undefined> {
  const active = (await listKeyProviders(cluster)).find(({ keyProviderIsActive }) => keyProviderIsActive);
  if (active !== undefined) {
    const provider = nameOf("key provider", active.keyProviderID, active.keyProviderName);
    return {
      isActive: true,
      reason: `${provider} is active, and the cluster could no longer authenticate to its key server`,
    };
  }
  const servers = regenerate ? [] : await listKeyServers(cluster);
  if (servers.length === 0) return undefined;
  return {
    isActive: false,
    reason: `the client certificate of ${servers.map(titleOf).join(" and ")} was issued for the existing key pair, and a new pair would make it useless`,
  };
}

/** The way out, with the property and the value to set. */
function wayToInternalKeys(self: Self): string {
  const masterKey = self.isWithin(EXTERNAL_KEY_MANAGEMENT)
    ? 'masterKey: { keyManagementType: "internal" } of the element.ExternalKeyManagement'
    : "an element.MasterKey without a key provider";
  return `first bring the keys back to internal ones, in a run of its own: ${masterKey}, and where drives are encrypted, an element.HardwareEncryption without a key provider`;
}

/** The key servers, with their providers, whose client certificates a new pair makes useless: in words. */
export async function certifiedFor(cluster: Cluster): Promise<string[]> {
  const [servers, providers] = [await listKeyServers(cluster), await listKeyProviders(cluster)];
  return servers.map((server) => {
    const provider = providers.find(({ keyProviderID }) => keyProviderID === server.keyProviderID);
    const place = provider && ` of ${nameOf("key provider", provider.keyProviderID, provider.keyProviderName)}`;
    return `${titleOf(server)}${place ?? ""}`;
  });
}

const titleOf = ({ keyServerID, kmipKeyServerName }: KeyServerKmip): string =>
  nameOf("key server", keyServerID, kmipKeyServerName);
