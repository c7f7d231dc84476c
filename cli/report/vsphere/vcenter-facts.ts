import { isEkmError } from "../../../provider/core/errors";
import { readCertificates } from "../../../provider/pki";
import { isHealthy } from "../../../provider/systems/vsphere/observed/key-providers";
import type { KeyUse } from "../../../provider/systems/vsphere/observed/key-use";
import { fingerprintOf } from "../../../provider/systems/vsphere/observed/pins";
import { providerIn } from "../../../provider/systems/vsphere/observed/reference";
import { entityReference } from "../../vsphere/inventory";
import type { Observation, ObservedKeyProvider } from "../../vsphere/observation";
import { readCertificate } from "../certificate-life";
import { onDeleteOf, recordedAs } from "../recorded";
import type { Observing } from "../reporter";
import type { RecordedResource } from "../state";
import type { KeyUseFacts, VcenterFacts, VcenterKeyProviderFacts, VcenterKeyServerFacts } from "./facts";

/** What a report says of a vCenter that was read. */
export const vcenterFacts = ({ vcenterUuid, fullName, keyProviders }: Observation, about: Observing): VcenterFacts => ({
  vcenterUuid,
  version: fullName,
  keyProviders: keyProviders.map((provider) => keyProviderFacts(provider, about)),
});

const TOKENS = { standard: "vsphere:KeyProvider", trusted: "vsphere:TrustedKeyProvider" } as const;

function keyProviderFacts(provider: ObservedKeyProvider, about: Observing): VcenterKeyProviderFacts {
  const { name, family, trustAuthorityCluster, primaryKey, health, defaultOf, clientCertificate, use } = provider;
  const isOf = ({ id }: RecordedResource) => {
    const recorded = providerIn(id);
    return recorded.name === name && recorded.trustAuthorityCluster === trustAuthorityCluster;
  };
  const recorded = recordedAs(about.recorded, TOKENS[family], isOf);
  const { ofVcenter, ofEntities } = defaultOf;
  return {
    ...{ name, kind: family, trustAuthorityCluster, primaryKeyID: primaryKey },
    defaultOf: { vcenter: ofVcenter, entities: ofEntities.map(entityReference) },
    healthy: isHealthy(health),
    health: health.health,
    details: health.details,
    servers: keyServerFacts(provider, pinsIn(recorded), about),
    clientCertificate: clientCertificate === undefined ? undefined : readCertificate(clientCertificate, about),
    use: use && keyUseFacts(use),
    onDelete: onDeleteOf(recorded),
  };
}

/** SHA-256 of the certificates that were compared by somebody, as the last `up` has recorded it. */
function pinsIn(recorded: RecordedResource | undefined): Set<string | undefined> | undefined {
  // What a read has seen is in the outputs; what a person has declared is an input.
  const pins = recorded?.inputs.trustedServers;
  return Array.isArray(pins) ? new Set(pins.map((pin) => fingerprintOf(String(pin)))) : undefined;
}

function keyServerFacts(
  { servers, presented, health }: ObservedKeyProvider,
  pins: Set<string | undefined> | undefined,
  about: Observing,
): VcenterKeyServerFacts[] {
  return servers.map(({ name, hostname, port }) => {
    const found = health.servers.find((each) => each.name === name);
    const { certificate, details = [] } = presented.find(({ server }) => server === name) ?? {};
    return {
      ...{ name, hostname, port, health: found?.health ?? "unknown" },
      ...{ serverTrusted: found?.serverTrusted, clientTrusted: found?.clientTrusted },
      details: [...new Set([...(found?.details ?? []), ...details])],
      certificate: certificate === undefined ? undefined : readCertificate(certificate, about),
      pinned: pins === undefined || certificate === undefined ? undefined : pins.has(fingerprintIn(certificate)),
    };
  });
}

/** Nobody can have pinned what is no certificate. */
function fingerprintIn(pem: string): string {
  try {
    return readCertificates(pem)[0].fingerprint256;
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return "none";
  }
}

const keyUseFacts = ({ keys, holders, tags }: KeyUse): KeyUseFacts => {
  const count = (wanted: string) => holders.filter(({ type }) => type === wanted).length;
  return {
    keys: keys.length,
    virtualMachines: count("VirtualMachine"),
    hosts: count("HostSystem"),
    others: tags,
  };
};
