import type * as pulumi from "@pulumi/pulumi";
import type { EncryptionAtRestState } from "../../provider/element/api/types";
import type { HardwareEncryptionInputs } from "../../provider/element/hardware-encryption-state";
import { assertKnown, type Names } from "../known-arguments";
import { deleteFirst, dependingOn, EkmResource, type Props, typeOf } from "../resource";
import { holderProps } from "./key-holder";
import type { KeyServerAttachment } from "./key-server-attachment";
import { ON_CLUSTER_OUTPUTS, type OnClusterArgs, type TlsVerification } from "./on-cluster";

/** Arguments of {@link HardwareEncryption}. */
export interface HardwareEncryptionArgs extends OnClusterArgs {
  /**
   * Who holds the key that unlocks the drives: the provider of this attachment, or the provider of this id where it is
   * not managed here. Left out, the cluster's internal keys.
   */
  keyProvider?: KeyServerAttachment | pulumi.Input<string>;
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
   * By default, because a destroy is no wish to have drives that anybody can read who pulls one, nor to depend on a key
   * server that is about to be removed: both are avoided with internal keys.
   * @default "internal"
   */
  onDelete?: pulumi.Input<"internal" | "disable" | "keep">;
}

/**
 * Hardware encryption at rest: the self-encrypting drives of a cluster are locked, and who holds their key. Encryption
 * that is on already with the wanted holder is taken over as it is.
 *
 * The key changes hands only while encryption is off. So a change of `keyProvider` tests the new provider, disables,
 * waits, enables and waits; data is not written anew and stays in service. A run that is cut off is finished by the next
 * one, which looks before it acts. `customTimeouts` set the time that a change may take (default half an hour).
 *
 * The button in the cluster's own interface enables with internal keys whoever held the key before: a refresh shows it
 * as a change of `keyProvider`, and encryption that was switched off as a change of `encryptionAtRestState`.
 *
 * API methods: `EnableEncryptionAtRest`, `DisableEncryptionAtRest`, `GetEncryptionAtRestInfo`, `ListClusterFaults`,
 * `ListKeyProvidersKmip`, `TestKeyProviderKmip`; before Element 12.3 `GetClusterInfo` and `ListDrives`.
 * Errors: `EKM_HARDWARE_ENCRYPTION_UNSUPPORTED` (nodes of a model that ends in -NE, Demo VMs),
 * `EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE`, `EKM_HARDWARE_ENCRYPTION_FAILED`, `EKM_HARDWARE_ENCRYPTION_DEADLINE`,
 * `EKM_KEY_UNAVAILABLE`, `EKM_CLUSTER_UNHEALTHY`, `EKM_KEY_SERVER_TEST`, `EKM_REPLACEMENT_REFUSED`, `EKM_OBJECT_NOT_FOUND`.
 */
export class HardwareEncryption extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:HardwareEncryption");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<TlsVerification>;
  /** Whether encryption is on. */
  declare readonly encryptionAtRestState: pulumi.Output<EncryptionAtRestState>;
  /** Who holds the key; absent while encryption is off. */
  declare readonly keyManagementType: pulumi.Output<"internal" | "external" | undefined>;
  /** Id of the provider that holds it; absent for internal keys. */
  declare readonly keyProviderID: pulumi.Output<number | undefined>;
  /** Its name, where it is declared in the same program. */
  declare readonly keyProviderName: pulumi.Output<string | undefined>;
  /** UUID of the key, where the cluster tells it. */
  declare readonly keyID: pulumi.Output<string | undefined>;
  /** The provider that held the key at the last create or update: differs when somebody else has changed it. */
  declare readonly recordedKeyProviderID: pulumi.Output<number | undefined>;
  /** False while a change was not seen to end; the next `pulumi up` resumes. */
  declare readonly complete: pulumi.Output<boolean>;
  /** What the cluster says when it cannot get the key from a key server that works; absent when it can. */
  declare readonly fault: pulumi.Output<string | undefined>;
  /** What a destroy will leave behind. */
  declare readonly onDelete: pulumi.Output<"internal" | "disable" | "keep">;

  constructor(name: string, args: HardwareEncryptionArgs = {}, opts?: pulumi.CustomResourceOptions) {
    assertKnown(`element.HardwareEncryption "${name}"`, args, ARGUMENTS);
    const { keyProvider: holder, takeOver, adopt, onDelete } = args;
    const props: Props<HardwareEncryptionInputs> = {
      ...holderProps(args),
      encryptionAtRestState: "enabled",
      takeOver,
      adopt,
      onDelete,
    };
    super(HardwareEncryption, name, props, OUTPUTS, dependingOn(deleteFirst(opts), holder));
  }
}

const ARGUMENTS: Names<HardwareEncryptionArgs> = {
  cluster: true,
  keyProvider: true,
  takeOver: true,
  adopt: true,
  onDelete: true,
};

const OUTPUTS = [
  ...ON_CLUSTER_OUTPUTS,
  "keyManagementType",
  "keyProviderID",
  "keyID",
  "recordedKeyProviderID",
  "complete",
  "fault",
];
