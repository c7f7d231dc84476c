import * as pulumi from "@pulumi/pulumi";
import { unshown } from "../../provider/adapters/pulumi/resource/engine-names";
import { isResourceOf, type ResourceOf, resourceIn } from "../reference";
import type { Wired } from "../resource";

/** What classes take from the resources that are their arguments, by the token of the class. */
export const wiring = {
  "vsphere:ClientCertificate": (_opts: pulumi.CustomResourceOptions, args: OfProvider, owner: string): Wired =>
    ofProvider(args, owner).wired,

  "vsphere:CertificateSigningRequest": (_opts: pulumi.CustomResourceOptions, args: OfProvider, owner: string): Wired =>
    ofProvider(args, owner).wired,

  "vsphere:KeyProviderTrust": (_opts: pulumi.CustomResourceOptions, args: OfProvider, owner: string): Wired => {
    const { provider, wired } = ofProvider(args, owner);
    if (provider === undefined) return wired;
    // Other servers, or other certificates of theirs, have to be waited for again.
    const { servers, trustedServers } = provider;
    const hidden = { [unshown("providerServers")]: servers, [unshown("providerPins")]: trustedServers };
    return { ...wired, inputs: { ...wired.inputs, ...hidden } };
  },

  "vsphere:DefaultKeyProvider": (
    _opts: pulumi.CustomResourceOptions,
    args: OnVcenter & { keyProvider: ResourceOf<"vsphere:KeyProviderTrust"> | pulumi.Input<string> },
    owner: string,
  ): Wired => {
    const trust = resourceIn("vsphere:KeyProviderTrust", "keyProvider", args.keyProvider, owner);
    return {
      inputs: { ...args, keyProvider: trust?.keyProvider ?? args.keyProvider, vcenter: args.vcenter ?? trust?.vcenter },
      after: [trust],
    };
  },
} as const;

interface OnVcenter {
  vcenter?: pulumi.Input<string>;
}

type KeyProvider = ResourceOf<"vsphere:KeyProvider"> | ResourceOf<"vsphere:TrustedKeyProvider">;

interface OfProvider extends OnVcenter {
  keyProvider: KeyProvider | pulumi.Input<string>;
}

/** A provider of either kind, and what a resource that belongs to it takes from it. */
function ofProvider(args: OfProvider, owner: string): { provider: KeyProvider | undefined; wired: Wired } {
  const provider = providerIn(args.keyProvider, owner);
  const keyProvider = provider?.id ?? args.keyProvider;
  const vcenter = args.vcenter ?? provider?.vcenter;
  return { provider, wired: { inputs: { ...args, keyProvider, vcenter }, after: [provider] } };
}

function providerIn(value: OfProvider["keyProvider"], owner: string): KeyProvider | undefined {
  if (isResourceOf("vsphere:KeyProvider", value) || isResourceOf("vsphere:TrustedKeyProvider", value)) return value;
  if (!pulumi.Resource.isInstance(value)) return undefined;
  throw new pulumi.RunError(
    `${owner}: "keyProvider" takes a vsphere.KeyProvider, a vsphere.TrustedKeyProvider, or the name of one, and no other resource`,
  );
}
