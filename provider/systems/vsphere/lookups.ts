import { type CertificateDescription, describeCertificate } from "../../pki";
import type { Vcenter } from "./api/vcenter";
import { defaultKeyProvider, entityIn } from "./observed/default-provider";
import { type HealthWord, isHealthy, type KeyServerHealth } from "./observed/key-providers";
import { existing, looksOn, providerIn } from "./observed/reference";
import type { KeyServerAddress } from "./observed/servers";
import { trustAuthorityClusters } from "./observed/trusted";

/** What every look-up tells. */
export interface LookupResult {
  /** `instanceUuid` of the vCenter. */
  vcenterUuid: string;
}

/** A key provider, as vCenter tells of it. */
export interface KeyProviderInfo {
  /** Unique on the vCenter. */
  name: string;
  /** Whose it is: vCenter's own, or a Trust Authority cluster's. */
  kind: "standard" | "trusted";
  /** Id of the Trust Authority cluster; absent of a standard one. */
  trustAuthorityCluster?: string;
  /** Its key servers. */
  servers: KeyServerAddress[];
}

export interface KeyProvidersResult extends LookupResult {
  /** Native ones are none of them: they have no key server. */
  keyProviders: KeyProviderInfo[];
}

export async function lookUpKeyProviders(vcenter: Vcenter): Promise<KeyProvidersResult> {
  const keyProviders: KeyProviderInfo[] = [];
  for (const trustAuthorityCluster of [undefined, ...(await trustAuthorityClusters(vcenter))]) {
    const looks = looksOn(vcenter, trustAuthorityCluster);
    const where = trustAuthorityCluster === undefined ? {} : { trustAuthorityCluster };
    for (const name of await looks.list()) {
      const { servers = [] } = (await looks.find(name)) ?? {};
      keyProviders.push({ name, kind: looks.family, ...where, servers: servers.map(addressOf) });
    }
  }
  return { ...(await identityOf(vcenter)), keyProviders };
}

const addressOf = ({ name, hostname, port }: Required<KeyServerAddress>): KeyServerAddress => ({
  name,
  hostname,
  port,
});

export interface KeyProviderStatusResult extends LookupResult {
  /** How vCenter finds it; `unknown` before it has looked. */
  health: HealthWord;
  /** vCenter and every server trust each other, and vCenter finds the provider healthy. */
  healthy: boolean;
  /** vCenter's words about it. */
  details: string[];
  /** How vCenter and each server get on. */
  servers: KeyServerHealth[];
}

export async function lookUpKeyProviderStatus(vcenter: Vcenter, keyProvider: string): Promise<KeyProviderStatusResult> {
  const { name, trustAuthorityCluster } = providerIn(keyProvider);
  const provider = await existing(vcenter, keyProvider, `looking up the status of key provider "${name}"`);
  const found = await looksOn(vcenter, trustAuthorityCluster).health(provider);
  return { ...(await identityOf(vcenter)), ...found, healthy: isHealthy(found) };
}

/** What one key server presents. */
export interface ServerCertificateInfo {
  /** Name of the server in the provider. */
  server: string;
  /** The certificate (PEM); absent where vCenter could not reach the server. */
  certificate?: string;
  /** The same in words, with the SHA-256 fingerprint that `trustedServers` takes. */
  description?: CertificateDescription;
  /** vCenter trusts it. */
  trusted: boolean;
  /** Why it could not be had, in vCenter's words. */
  details: string[];
}

export interface ServerCertificatesResult extends LookupResult {
  /** One for each server. Nobody has verified them. */
  certificates: ServerCertificateInfo[];
}

export async function lookUpServerCertificates(
  vcenter: Vcenter,
  keyProvider: string,
): Promise<ServerCertificatesResult> {
  const { name, trustAuthorityCluster } = providerIn(keyProvider);
  const provider = await existing(vcenter, keyProvider, `looking up the certificates of key provider "${name}"`);
  const presented = await looksOn(vcenter, trustAuthorityCluster).peerCertificates(provider);
  return {
    ...(await identityOf(vcenter)),
    certificates: presented.map(({ server, certificate, isTrusted, details }) => ({
      server,
      ...(certificate === undefined ? {} : { certificate, description: describeCertificate(certificate) }),
      trusted: isTrusted,
      details,
    })),
  };
}

export interface DefaultKeyProviderResult extends LookupResult {
  /** Name of the provider; absent where there is none. */
  keyProvider?: string;
}

export async function lookUpDefaultKeyProvider(
  vcenter: Vcenter,
  entity: string | undefined,
): Promise<DefaultKeyProviderResult> {
  const keyProvider = await defaultKeyProvider(vcenter, entityIn(entity));
  return { ...(await identityOf(vcenter)), ...(keyProvider === undefined ? {} : { keyProvider }) };
}

const identityOf = async (vcenter: Vcenter): Promise<LookupResult> => ({
  vcenterUuid: (await vcenter.about()).instanceUuid,
});
