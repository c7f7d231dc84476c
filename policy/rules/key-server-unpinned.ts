import type { StackValidationPolicy } from "@pulumi/policy";
import { withoutControlCharacters } from "../../provider/core/display";
import type { KeyProviderOutputs } from "../../provider/systems/vsphere/key-provider/resource";
import { fingerprintOf } from "../../provider/systems/vsphere/observed/pins";
import { providerIn } from "../../provider/systems/vsphere/observed/reference";
import { vsphere } from "../../sdk";
import { type Known, known } from "../known";

/**
 * Whoever has vCenter trust another certificate poses as its key server, and learns every key that is made from then on.
 * `trustedServers` of a key provider lists the certificates that were compared by somebody. What a server presents in the
 * place of them shows in the program's state once it is refreshed; of a provider that no program declares, nothing shows.
 *
 * @severity high
 */
export const keyServerUnpinned: StackValidationPolicy = {
  name: "key-server-unpinned",
  description: "The certificates of a vCenter's key servers should be pinned.",
  severity: "high",
  enforcementLevel: "advisory",
  validateStack({ resources }, report) {
    const providers = resources.filter((it) => it.isType(vsphere.KeyProvider) || it.isType(vsphere.TrustedKeyProvider));
    const declared = providers.map(({ props }) => known(props) as Provider);
    for (const [index, provider] of declared.entries()) {
      for (const found of strangersOf(provider)) {
        const text = `Key servers should present a certificate of trustedServers, not that of ${found}.`;
        report(text, providers[index]?.urn);
      }
    }
    for (const { props, urn } of resources.filter((resource) => resource.isType(vsphere.KeyProviderTrust))) {
      const { keyProvider, vcenter } = known(props) as Known<{ keyProvider?: string; vcenter?: string }>;
      // Until it has an id, as in a preview of a new one, it is a resource of the program.
      if (keyProvider === undefined || vcenter === undefined) continue;
      if (declared.some((provider) => mayBe(provider, keyProvider, vcenter))) continue;
      report("The key provider should be a resource of the program, whose trustedServers pins its key servers.", urn);
    }
  },
};

type Provider = Known<Partial<KeyProviderOutputs>>;

/** What servers present that nobody has listed. A pin that is not known yet may be of any. */
function strangersOf({ trustedServers, presentedCertificates = [] }: Provider): string[] {
  if (trustedServers?.every((pin) => pin !== undefined) !== true) return [];
  const pins = new Set(trustedServers.map(fingerprintOf));
  return presentedCertificates.flatMap((each) => {
    const { subject, fingerprint256 } = each ?? {};
    if (subject === undefined || fingerprint256 === undefined || pins.has(fingerprint256)) return [];
    return [withoutControlCharacters(`"${subject}" with the SHA-256 fingerprint ${fingerprint256}`)];
  });
}

/** Names are unique on a vCenter, whatever the kind of provider. */
const mayBe = ({ name, vcenter }: Provider, keyProvider: string, on: string): boolean =>
  (name === undefined || name === providerIn(keyProvider).name) && (vcenter === undefined || vcenter === on);
