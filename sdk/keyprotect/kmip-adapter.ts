// Made by "npm run generate" from the description of keyprotect:KmipAdapter in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { RootKey } from "./root-key";
import { wiring } from "./wiring";

/** Arguments of {@link KmipAdapter}. */
export interface KmipAdapterArgs {
  /**
   * Name of the instance's connection. A name that leads to an instance of another GUID is refused.
   * @default "default"
   */
  instance?: pulumi.Input<string>;
  /** The root key that wraps the adapter's keys, or the ID or alias of one that is not managed here. */
  rootKey: RootKey | pulumi.Input<string>;
  /**
   * Name, unique in the instance: 2 to 40 letters, digits, `-` and `_`, and no UUID.
   * @default the logical name with a short suffix derived from the URN
   */
  name?: pulumi.Input<string>;
  /** What the adapter is for, in 2 to 240 characters. */
  description?: pulumi.Input<string>;
  /**
   * Takes a root key with an expiration date. Of use at the create alone.
   * @default false
   */
  allowExpiringKey?: pulumi.Input<boolean>;
  /**
   * ID of an existing adapter to take over, or `"match"` for the one that has the declared root key and description,
   * and the name where one is declared. Of use at the first create alone.
   */
  adopt?: pulumi.Input<string>;
  /**
   * What a destroy does while clients have keys in the adapter: refuse, destroy these keys for good, or leave the
   * adapter as it is. It must be applied before the destroy.
   * @default "refuse"
   */
  onDelete?: pulumi.Input<"refuse" | "destroyKeys" | "keep">;
}

/**
 * A KMIP adapter of a Key Protect instance: the keys that KMIP clients make in it are wrapped under a root key. Whoever
 * has the private key of one of its registered client certificates sees all of them.
 *
 * Key Protect changes nothing of an adapter: another root key, name or description is a replacement, which is refused
 * while clients have keys in it, for nobody could read them any more. To move to another adapter without a gap, declare
 * it under a new logical name, move the clients, and then take the old one away.
 *
 * API methods: `createKmipAdapter`, `getKmipAdapters`, `getKmipAdapter`, `getKmipObjects`, `deleteKmipAdapter`,
 * `getKeyMetadata`; to see whose clients it has `getKmipClientCertificates`; with `onDelete: "destroyKeys"`
 * `deleteKmipObject`.
 * Errors: `EKM_KEYS_IN_ADAPTER`, `EKM_ADAPTER_HAS_CLIENTS`, `EKM_ROOT_KEY_SUSPENDED`, `EKM_ROOT_KEY_DELETED`,
 * `EKM_EQUAL_OBJECT_EXISTS`, `EKM_AMBIGUOUS_OBJECT`, `EKM_OBJECT_NOT_FOUND`, `EKM_REPLACEMENT_REFUSED`.
 */
export class KmipAdapter extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("keyprotect:KmipAdapter");

  /** Name of the instance's connection. */
  declare readonly instance: pulumi.Output<string>;
  /** ID or alias of the root key. */
  declare readonly rootKey: pulumi.Output<string>;
  /** Name, unique in the instance: 2 to 40 letters, digits, `-` and `_`, and no UUID. */
  declare readonly name: pulumi.Output<string>;
  /** What the adapter is for, in 2 to 240 characters. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** What a destroy will do. */
  declare readonly onDelete: pulumi.Output<"refuse" | "destroyKeys" | "keep">;
  /** ID of the root key, also where it was given by an alias. */
  declare readonly rootKeyID: pulumi.Output<string | undefined>;
  /** GUID of the instance. */
  declare readonly instanceID: pulumi.Output<string>;
  /** How the TLS certificate of the instance's API was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** Key Protect's ID of the adapter; the resource's id is the same. */
  declare readonly adapterID: pulumi.Output<string>;
  /** How the adapter works: `native_1.0`. */
  declare readonly profile: pulumi.Output<string>;
  /** When it was made, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** How many keys clients have in it: not destroyed, in whatever other state. */
  declare readonly liveObjects: pulumi.Output<number>;
  /** Host at which the instance's region speaks KMIP. */
  declare readonly kmipHostname: pulumi.Output<string>;
  /** Port of it. */
  declare readonly kmipPort: pulumi.Output<number>;

  constructor(name: string, args: KmipAdapterArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts, wiring["keyprotect:KmipAdapter"] satisfies Wire<KmipAdapterArgs>);
  }
}

const SHAPE: Shape = {
  token: "keyprotect:KmipAdapter",
  arguments: {
    instance: true,
    rootKey: true,
    name: true,
    description: true,
    allowExpiringKey: true,
    adopt: true,
    onDelete: true,
  },
  properties: [
    "instance",
    "rootKey",
    "name",
    "description",
    "allowExpiringKey",
    "adopt",
    "onDelete",
    "rootKeyID",
    "instanceID",
    "tlsVerification",
    "adapterID",
    "profile",
    "createdAt",
    "liveObjects",
    "kmipHostname",
    "kmipPort",
  ],
  deletesFirst: true,
};
