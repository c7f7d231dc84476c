// Made by "npm run generate" from the description of element:HardwareEncryption in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { KeyServerAttachment } from "./key-server-attachment";
import { wiring } from "./wiring";

/** Arguments of {@link HardwareEncryption}. */
export interface HardwareEncryptionArgs {
  /**
   * Name of the cluster's connection. A name that leads to a cluster of another identity is refused.
   * @default that of `attachment`, or "default"
   */
  cluster?: pulumi.Input<string>;
  /**
   * The key provider of this attachment holds the key of hardware encryption, once its key server is attached. For a
   * key provider that is not managed in this program, give `keyProvider`.
   */
  attachment?: KeyServerAttachment;
  /**
   * Id of the key provider that holds the key of hardware encryption, where it is not managed in this program. With
   * neither a key provider nor an attachment, the cluster itself holds it, with internal keys.
   */
  keyProvider?: pulumi.Input<string>;
  /**
   * Takes the key from a provider that this resource did not give it to. Two stacks that both set it would take it from
   * each other.
   * @default false
   */
  takeOver?: pulumi.Input<boolean>;
  /**
   * `"match"`: take over encryption that is on with the declared holder, and change nothing. Of use at the first create
   * alone.
   */
  adopt?: pulumi.Input<"match">;
  /**
   * What a destroy leaves behind: encryption with internal keys, no encryption, or everything as it is. With `"keep"`,
   * retain provider, server and attachment as well (resource option `retainOnDelete: true`).
   *
   * Internal keys are the default: whoever destroys a stack has not asked for drives that anybody can read who pulls
   * them out, nor for a cluster that depends on a key server which is about to be removed.
   * @default "internal"
   */
  onDelete?: pulumi.Input<"internal" | "disable" | "keep">;
}

/**
 * Hardware encryption at rest: the self-encrypting drives of a cluster are locked, and who holds their key. Encryption
 * that is on already with the wanted holder is taken over as it is.
 *
 * The key changes hands only while encryption is off. So a change of the key provider tests the new one, disables,
 * waits, enables and waits; data is not written anew and stays in service. A run that is cut off is finished by the
 * next one, which looks before it acts. `customTimeouts` set the time that a change may take (default half an hour).
 *
 * The button in the cluster's own interface enables with internal keys whoever held the key before: a refresh shows it
 * as a change of `keyProvider`, and encryption that was switched off as a change of `encryptionAtRestState`.
 *
 * API methods: `EnableEncryptionAtRest`, `DisableEncryptionAtRest`, `GetEncryptionAtRestInfo`, `ListClusterFaults`,
 * `ListKeyProvidersKmip`, `TestKeyProviderKmip`; before Element 12.3 `GetClusterInfo`, `ListDrives`.
 * Errors: `EKM_HARDWARE_ENCRYPTION_UNSUPPORTED`, `EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE`,
 * `EKM_HARDWARE_ENCRYPTION_FAILED`, `EKM_HARDWARE_ENCRYPTION_DEADLINE`, `EKM_KEY_UNAVAILABLE`, `EKM_CLUSTER_UNHEALTHY`,
 * `EKM_KEY_SERVER_TEST`, `EKM_REPLACEMENT_REFUSED`, `EKM_OBJECT_NOT_FOUND`.
 */
export class HardwareEncryption extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:HardwareEncryption");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /**
   * Id of the key provider that holds the key of hardware encryption, as the program declares it; absent for internal
   * keys.
   */
  declare readonly keyProvider: pulumi.Output<string | undefined>;
  /** Whether it is taken from any provider. */
  declare readonly takeOver: pulumi.Output<boolean | undefined>;
  /** What a destroy will leave behind. */
  declare readonly onDelete: pulumi.Output<"internal" | "disable" | "keep">;
  /** Name of the key provider that is to hold the key, where the same program declares it. */
  declare readonly keyProviderName: pulumi.Output<string | undefined>;
  /** Whether encryption is on. */
  declare readonly encryptionAtRestState: pulumi.Output<"enabled" | "enabling" | "disabled" | "disabling">;
  /** The cluster's complaint that it cannot get the key from a key server that works; absent when it can. */
  declare readonly fault: pulumi.Output<string | undefined>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** Who holds the key; absent while encryption is off. */
  declare readonly keyManagementType: pulumi.Output<"internal" | "external" | undefined>;
  /** UUID of the key, where the cluster tells it. */
  declare readonly keyID: pulumi.Output<string | undefined>;
  /** False while a change was not seen to end; the next `pulumi up` resumes. */
  declare readonly complete: pulumi.Output<boolean>;

  constructor(name: string, args: HardwareEncryptionArgs = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts, wiring["element:HardwareEncryption"] satisfies Wire<HardwareEncryptionArgs>);
  }
}

const SHAPE: Shape = {
  token: "element:HardwareEncryption",
  arguments: { cluster: true, attachment: true, keyProvider: true, takeOver: true, adopt: true, onDelete: true },
  properties: [
    "cluster",
    "keyProvider",
    "takeOver",
    "adopt",
    "onDelete",
    "keyProviderName",
    "encryptionAtRestState",
    "fault",
    "clusterUniqueID",
    "tlsVerification",
    "keyManagementType",
    "keyID",
    "complete",
  ],
  deletesFirst: true,
};
