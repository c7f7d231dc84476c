import { isDeepStrictEqual } from "node:util";
import type { Context } from "../lifecycle";
import { readCertificateRequest, type Subject } from "../pki";
import type { Cluster } from "./api/cluster";
import type { KeyServerKmip } from "./api/types";
import { KeyPairInUseError } from "./errors";
import { listKeyProviders } from "./key-providers";
import { clusterCertificateRequest, listKeyServers, namesAbsence } from "./key-servers";
import { logicalName } from "./ownership";
import { nameOf } from "./wording";

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

/** A subject that was not given is whatever the pair has. */
export const subjectMatches = (wanted: Subject | undefined, found: Subject): boolean =>
  wanted === undefined || isDeepStrictEqual(defined(wanted), defined(found));

const defined = (subject: Subject): Record<string, unknown> =>
  Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== undefined));

/** What a new pair is refused with where it would cut the cluster off from a key server; `undefined` elsewhere. */
export async function refusalOfNewPair(
  cluster: Cluster,
  regenerate: boolean,
  { urn }: Context,
): Promise<KeyPairInUseError | undefined> {
  const reason = await inUse(cluster, regenerate);
  if (reason === undefined) return undefined;
  const attempt = `making a new key pair for "${logicalName(urn)}"`;
  return new KeyPairInUseError({ attempt, cluster: cluster.name, reason, wayOut: WAY_OUT });
}

async function inUse(cluster: Cluster, regenerate: boolean): Promise<string | undefined> {
  const active = (await listKeyProviders(cluster)).find(({ keyProviderIsActive }) => keyProviderIsActive);
  if (active !== undefined) {
    return `key provider ${active.keyProviderID} "${active.keyProviderName}" is active, and the cluster could no longer authenticate to its key server`;
  }
  const servers = regenerate ? [] : await listKeyServers(cluster);
  if (servers.length === 0) return undefined;
  return `the client certificate of ${servers.map(titleOf).join(" and ")} was issued for the existing key pair, and a new pair would make it useless`;
}

const WAY_OUT =
  'give the subject of the existing pair (or leave it out) to keep that pair; to replace it, first bring the master key back to internal keys, then set or change "regenerate"';

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
