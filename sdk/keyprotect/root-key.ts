// Made by "npm run generate" from the description of keyprotect:RootKey in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { Duration } from "../../provider/core/duration";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import { wiring } from "./wiring";

/** Arguments of {@link RootKey}. */
export interface RootKeyArgs {
  /**
   * Name of the instance's connection. A name that leads to an instance of another GUID is refused.
   * @default "default"
   */
  instance?: pulumi.Input<string>;
  /**
   * Name for display, of 2 to 90 characters. Names of keys are not unique, and an exact one leaves no mark by which
   * this resource would recognise its own key after a lost answer. Key Protect cannot rename a key: a change is
   * refused.
   * @default the logical name with a short suffix derived from the URN
   */
  name?: pulumi.Input<string>;
  /** What the key is for, in 2 to 240 characters. Key Protect cannot change it: a change is refused. */
  description?: pulumi.Input<string>;
  /**
   * ID of the key ring that the key is in. It moves when this changes.
   * @default `default`
   */
  keyRing?: pulumi.Input<string>;
  /**
   * A changed or added value asks for a new version. Equal values never rotate, and leaving them all out does not
   * either.
   */
  rotationTriggers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Such as `"90d"`: asks for a new version once the present one is older. */
  maxAge?: pulumi.Input<Duration>;
  /** ID or alias of an existing root key to take over, however old it is. Of use at the first create alone. */
  adopt?: pulumi.Input<string>;
  /**
   * What a destroy does: leave the key, or delete it, which makes unreadable whatever was ever wrapped under it.
   * `delete` is refused while a KMIP adapter uses the key. A deleted key can be restored for 30 days.
   * @default "keep"
   */
  onDelete?: pulumi.Input<"keep" | "delete">;
}

/**
 * A customer root key (CRK) in the HSM of a Key Protect instance: it wraps the keys of {@link KmipAdapter}s, and never
 * leaves the HSM. It is rotated in place: the key and what it wraps stay, and what is made from then on is wrapped
 * under the new version.
 *
 * A key that somebody has suspended or deleted is shown as a change of `state`, and refused: enabling or restoring it
 * is a person's decision.
 *
 * API methods: `createKey`, `getKeys`, `getKeyMetadata`, `rotateKey`, `patchKey`, `deleteKey`; to see whether an
 * adapter uses it `getKmipAdapters`; to remove what a run that was cut off has made `getKmipObjects`,
 * `getKmipClientCertificates`, `deleteKmipAdapter`.
 * Errors: `EKM_ROTATION_TOO_EARLY`, `EKM_ROOT_KEY_IMPORTED`, `EKM_ROOT_KEY_SUSPENDED`, `EKM_ROOT_KEY_DELETED`,
 * `EKM_ROOT_KEY_IN_USE`, `EKM_REPLACEMENT_REFUSED`, `EKM_EQUAL_OBJECT_EXISTS`, `EKM_AMBIGUOUS_OBJECT`,
 * `EKM_OBJECT_NOT_FOUND`.
 */
export class RootKey extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("keyprotect:RootKey");

  /** Name of the instance's connection. */
  declare readonly instance: pulumi.Output<string>;
  /** Name for display. */
  declare readonly name: pulumi.Output<string>;
  /** What the key is for, in 2 to 240 characters. Key Protect cannot change it: a change is refused. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** ID of the key ring that the key is in. It moves when this changes. */
  declare readonly keyRing: pulumi.Output<string | undefined>;
  /** The triggers that the recorded version satisfied. */
  declare readonly rotationTriggers: pulumi.Output<Record<string, string> | undefined>;
  /** The age at which a version is replaced; absent for none. */
  declare readonly maxAge: pulumi.Output<Duration | undefined>;
  /** What a destroy will do. */
  declare readonly onDelete: pulumi.Output<"keep" | "delete">;
  /** `active`, unless somebody has suspended or deleted the key. */
  declare readonly state: pulumi.Output<"preActive" | "active" | "suspended" | "deactivated" | "destroyed">;
  /** True where a refresh found the version to be older than `maxAge`: the next `pulumi up` rotates the key. */
  declare readonly rotationDue: pulumi.Output<boolean | undefined>;
  /** GUID of the instance. */
  declare readonly instanceID: pulumi.Output<string>;
  /** How the TLS certificate of the instance's API was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** Key Protect's ID of the key; the resource's id is the same. */
  declare readonly keyID: pulumi.Output<string>;
  /** Cloud resource name of the key. */
  declare readonly crn: pulumi.Output<string>;
  /** Whether its material came from outside; such a key is not rotated here. */
  declare readonly imported: pulumi.Output<boolean>;
  /** ID of the version that wraps at present. */
  declare readonly keyVersion: pulumi.Output<string>;
  /** When that version was made, ISO 8601. */
  declare readonly keyVersionCreated: pulumi.Output<string>;
  /** When the key ends, ISO 8601; absent for never. */
  declare readonly expirationDate: pulumi.Output<string | undefined>;
  /** Version that the last create or update saw. It differs when somebody else has rotated the key. */
  declare readonly recordedKeyVersion: pulumi.Output<string>;

  constructor(name: string, args: RootKeyArgs = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts, wiring["keyprotect:RootKey"] satisfies Wire<RootKeyArgs>);
  }
}

const SHAPE: Shape = {
  token: "keyprotect:RootKey",
  arguments: {
    instance: true,
    name: true,
    description: true,
    keyRing: true,
    rotationTriggers: true,
    maxAge: true,
    adopt: true,
    onDelete: true,
  },
  properties: [
    "instance",
    "name",
    "description",
    "keyRing",
    "rotationTriggers",
    "maxAge",
    "adopt",
    "onDelete",
    "state",
    "rotationDue",
    "instanceID",
    "tlsVerification",
    "keyID",
    "crn",
    "imported",
    "keyVersion",
    "keyVersionCreated",
    "expirationDate",
    "recordedKeyVersion",
  ],
  deletesFirst: true,
};
