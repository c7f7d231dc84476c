import * as pulumi from "@pulumi/pulumi";
import { engineName } from "../../provider/adapters/pulumi/dynamic/unshown-inputs";
import { isResourceOf, type ResourceOf } from "../reference";
import type { Wired } from "../resource";

/** Components, the first of whose resources is a key pair, with whether their master key may be taken from any holder. */
export const takers = new WeakMap<pulumi.Resource, pulumi.Input<boolean>>();

/** What classes take from the resources that are their arguments, by the token of the class. */
export const wiring = {
  "element:KeyPair": ({ parent }: pulumi.CustomResourceOptions, args: object): Wired => ({
    inputs: { ...args, [engineName("takesOver")]: parent && takers.get(parent) },
  }),

  "element:CertificateSigningRequest": (
    _opts: pulumi.CustomResourceOptions,
    { keyPair }: { keyPair: ResourceOf<"element:KeyPair"> },
  ): Wired => ({
    inputs: { cluster: keyPair.cluster, publicKeyFingerprint: keyPair.publicKeyFingerprint },
    after: [keyPair],
  }),

  "element:KeyServerAttachment": (
    _opts: pulumi.CustomResourceOptions,
    args: { keyProvider: ResourceOf<"element:KeyProvider">; keyServer: ResourceOf<"element:KeyServer"> },
  ): Wired => {
    const { keyProvider, keyServer, ...others } = args;
    return {
      inputs: {
        ...others,
        cluster: keyProvider.cluster,
        keyProvider: keyProvider.id,
        keyServer: keyServer.id,
        keyProviderName: keyProvider.name,
        keyServerName: keyServer.name,
      },
      after: [keyProvider, keyServer],
    };
  },

  "element:MasterKey": (
    _opts: pulumi.CustomResourceOptions,
    args: HeldArgs & { rotationTriggers?: pulumi.Input<object> },
  ): Wired => {
    const { inputs, after } = held(args);
    const { rotationTriggers } = args;
    const secretTriggers = pulumi.isSecret(pulumi.output(rotationTriggers)).then((isSecret) => isSecret || undefined);
    return { inputs: { ...inputs, secretTriggers }, after };
  },

  "element:HardwareEncryption": (_opts: pulumi.CustomResourceOptions, args: HeldArgs): Wired => held(args),
} as const;

/** Arguments that say who holds a key. */
interface HeldArgs {
  cluster?: pulumi.Input<string>;
  keyProvider?: ResourceOf<"element:KeyServerAttachment"> | pulumi.Input<string>;
}

/**
 * Cluster and provider of a key by the arguments that say who holds it. Of an attachment, its own inputs: they stay known
 * in a preview while it is being updated. The provider's name is known before its id is.
 */
function held(args: HeldArgs): Wired {
  const { keyProvider: holder } = args;
  if (!isResourceOf("element:KeyServerAttachment", holder)) return { inputs: { ...args } };
  const { cluster = holder.cluster } = args;
  const { keyProvider, keyProviderName } = holder;
  return { inputs: { ...args, cluster, keyProvider, keyProviderName }, after: [holder] };
}
