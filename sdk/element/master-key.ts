// Made by "npm run generate" from the description of element:MasterKey in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { Duration } from "../../provider/core/duration";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { KeyServerAttachment } from "./key-server-attachment";
import { wiring } from "./wiring";

/** Arguments of {@link MasterKey}. */
export interface MasterKeyArgs {
  /**
   * Name of the cluster's connection. A name that leads to a cluster of another identity is refused.
   * @default that of `attachment`, or "default"
   */
  cluster?: pulumi.Input<string>;
  /**
   * The key provider of this attachment holds the master key, once its key server is attached. For a key provider that
   * is not managed in this program, give `keyProvider`.
   */
  attachment?: KeyServerAttachment;
  /**
   * Id of the key provider that holds the master key, where it is not managed in this program. With neither a key
   * provider nor an attachment, the cluster itself holds it, with internal keys.
   */
  keyProvider?: pulumi.Input<string>;
  /**
   * A changed or added value asks for a new key. Equal values never rekey, and leaving them all out does not either.
   */
  rotationTriggers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Such as `"90d"` or `"12h"`: asks for a new key once the key in force is older. Changing this alone never rekeys a
   * younger key.
   */
  maxAge?: pulumi.Input<Duration>;
  /**
   * Takes the key from a provider that this resource did not give it to. Two stacks that both set it would rekey
   * against each other.
   * @default false
   */
  takeOver?: pulumi.Input<boolean>;
  /**
   * `"match"`: take over the key of the declared holder as it is, however old, and rekey nothing. Of use at the first
   * create alone.
   */
  adopt?: pulumi.Input<"match">;
  /**
   * What a destroy does: bring the key back to internal keys and wait for it, or leave it where it is. With `"keep"`,
   * retain provider, server and attachment as well (resource option `retainOnDelete: true`).
   * @default "internal"
   */
  onDelete?: pulumi.Input<"internal" | "keep">;
}

/**
 * Who holds the master key of software encryption at rest, and when it must be new. Changes are rekeys in place, waited
 * for with progress; a run that is cut off is resumed by the next one, without a second rekey.
 *
 * `customTimeouts` set the time a rekey may take (default one hour); at the deadline the resource is kept as
 * incomplete, and the next `pulumi up` goes on waiting.
 *
 * API methods: `RekeySoftwareEncryptionAtRestMasterKey`, `GetAsyncResult`, `GetSoftwareEncryptionAtRestInfo`,
 * `ListKeyProvidersKmip`, `TestKeyProviderKmip`, `ListClusterFaults`; to remove what a run that was cut off has made
 * `ListKeyServersKmip`, `DeleteKeyServerKmip`, `ListKeyProvidersKmip`, `DeleteKeyProviderKmip`,
 * `RemoveKeyServerFromProviderKmip`.
 * Errors: `EKM_REKEY_FAILED`, `EKM_REKEY_DEADLINE`, `EKM_MASTER_KEY_HELD_ELSEWHERE`, `EKM_KEY_UNAVAILABLE`,
 * `EKM_SOFTWARE_ENCRYPTION_DISABLED`, `EKM_REPLACEMENT_REFUSED`, `EKM_OBJECT_NOT_FOUND`.
 */
export class MasterKey extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:MasterKey");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** Id of the key provider that holds the master key, as the program declares it; absent for internal keys. */
  declare readonly keyProvider: pulumi.Output<string | undefined>;
  /** The triggers that the recorded key satisfied. */
  declare readonly rotationTriggers: pulumi.Output<Record<string, string> | undefined>;
  /** The age at which a key is replaced; absent for none. */
  declare readonly maxAge: pulumi.Output<Duration | undefined>;
  /** Whether it is taken from any provider. */
  declare readonly takeOver: pulumi.Output<boolean | undefined>;
  /** What a destroy will do. */
  declare readonly onDelete: pulumi.Output<"internal" | "keep">;
  /** Name of the key provider that is to hold the key, where the same program declares it. */
  declare readonly keyProviderName: pulumi.Output<string | undefined>;
  /** False while a rekey was not seen to end, whoever started it; the next `pulumi up` waits for it. */
  declare readonly complete: pulumi.Output<boolean>;
  /** The cluster's complaint that it cannot get the key from a key server that works; absent when it can. */
  declare readonly fault: pulumi.Output<string | undefined>;
  /** True where a refresh found the key to be older than `maxAge`: the next `pulumi up` rotates it. */
  declare readonly rotationDue: pulumi.Output<boolean | undefined>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** Who holds the key in force. */
  declare readonly keyManagementType: pulumi.Output<"internal" | "external">;
  /** UUID of the key in force. The object on the key server carries it in its attribute `x-SolidFire-KeyID-…`. */
  declare readonly keyID: pulumi.Output<string>;
  /** When the key was created, ISO 8601, by the cluster's clock. */
  declare readonly keyCreatedTime: pulumi.Output<string | undefined>;
  /** UUID of the key that the last create or update saw in force. It differs when somebody else has rekeyed. */
  declare readonly recordedKeyID: pulumi.Output<string>;
  /** When that create or update was, ISO 8601. */
  declare readonly recordedTime: pulumi.Output<string>;

  constructor(name: string, args: MasterKeyArgs = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts, wiring["element:MasterKey"] satisfies Wire<MasterKeyArgs>);
  }
}

const SHAPE: Shape = {
  token: "element:MasterKey",
  arguments: {
    cluster: true,
    attachment: true,
    keyProvider: true,
    rotationTriggers: true,
    maxAge: true,
    takeOver: true,
    adopt: true,
    onDelete: true,
  },
  properties: [
    "cluster",
    "keyProvider",
    "rotationTriggers",
    "maxAge",
    "takeOver",
    "adopt",
    "onDelete",
    "keyProviderName",
    "complete",
    "fault",
    "rotationDue",
    "clusterUniqueID",
    "tlsVerification",
    "keyManagementType",
    "keyID",
    "keyCreatedTime",
    "recordedKeyID",
    "recordedTime",
  ],
  deletesFirst: true,
};
