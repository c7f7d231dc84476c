import * as pulumi from "@pulumi/pulumi";
import { unshown } from "../../provider/adapters/pulumi/resource/engine-names";
import { isResourceOf, type ResourceOf, resourceIn } from "../reference";
import type { Wired } from "../resource";
import { secretTriggers } from "../secret-triggers";
import { type AttachmentEnds, commonCluster } from "./attachment-ends";

/** Components, the first of whose resources is a key pair, with whether their master key may be taken from any holder. */
export const takers = new WeakMap<pulumi.Resource, pulumi.Input<boolean>>();

/** What classes take from the resources that are their arguments, by the token of the class. */
export const wiring = {
  "element:KeyPair": ({ parent }: pulumi.CustomResourceOptions, args: object): Wired => ({
    inputs: { ...args, [unshown("takesOver")]: parent && takers.get(parent) },
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
    args: OnCluster & AttachmentEnds,
    owner: string,
  ): Wired => {
    const { keyProvider, keyServer } = args;
    const provider = resourceIn("element:KeyProvider", "keyProvider", keyProvider, owner);
    const server = resourceIn("element:KeyServer", "keyServer", keyServer, owner);
    return {
      inputs: {
        ...args,
        cluster: args.cluster ?? commonCluster(provider, server, owner),
        keyProvider: provider?.id ?? keyProvider,
        keyServer: server?.id ?? keyServer,
        keyProviderName: provider?.name,
        keyServerName: server?.name,
      },
      after: [provider, server],
    };
  },

  "element:MasterKey": (
    _opts: pulumi.CustomResourceOptions,
    args: HeldArgs & { rotationTriggers?: pulumi.Input<object> },
    owner: string,
  ): Wired => {
    const { inputs, after } = held(args, owner);
    return { inputs: { ...inputs, secretTriggers: secretTriggers(args.rotationTriggers) }, after };
  },

  "element:HardwareEncryption": (_opts: pulumi.CustomResourceOptions, args: HeldArgs, owner: string): Wired =>
    held(args, owner),
} as const;

interface OnCluster {
  cluster?: pulumi.Input<string>;
}

/** Arguments that say who holds a key. */
interface HeldArgs extends OnCluster {
  attachment?: ResourceOf<"element:KeyServerAttachment">;
  keyProvider?: pulumi.Input<string>;
}

/**
 * Cluster and provider of a key by the arguments that say who holds it. Of an attachment, its own inputs: they stay known
 * in a preview while it is being updated. The provider's name is known before its id is.
 */
function held({ attachment, ...args }: HeldArgs, owner: string): Wired {
  const complaint = complaintAboutHolder(attachment, args.keyProvider);
  if (complaint !== undefined) throw new pulumi.RunError(`${owner}: ${complaint}`);
  if (attachment === undefined) return { inputs: args };
  const { cluster = attachment.cluster } = args;
  const { keyProvider, keyProviderName } = attachment;
  return { inputs: { ...args, cluster, keyProvider, keyProviderName }, after: [attachment] };
}

/** What TypeScript refuses as well, and that two arguments say who holds a key. */
function complaintAboutHolder(attachment: unknown, keyProvider: unknown): string | undefined {
  const isAttachment = (value: unknown) => isResourceOf("element:KeyServerAttachment", value);
  for (const [argument, value] of Object.entries({ attachment, keyProvider })) {
    if (!isResourceOf("element:KeyProvider", value)) continue;
    return `"${argument}" takes no element.KeyProvider, which may have no key server yet: ${GIVE_ATTACHMENT}`;
  }
  if (isAttachment(keyProvider)) return `"keyProvider" is the id of a key provider: ${GIVE_ATTACHMENT}`;
  if (pulumi.Resource.isInstance(keyProvider)) return '"keyProvider" is the id of a key provider, and no resource';
  if (attachment === undefined) return undefined;
  if (!isAttachment(attachment)) return '"attachment" must be an element.KeyServerAttachment';
  if (keyProvider === undefined) return undefined;
  return '"attachment" and "keyProvider" both say who holds the key: leave one of them out';
}

const GIVE_ATTACHMENT = 'give its element.KeyServerAttachment as "attachment"';
