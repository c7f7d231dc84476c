import * as pulumi from "@pulumi/pulumi";
import type { CarriedInputs } from "../../provider/carried-inputs";
import type { Duration } from "../../provider/duration";
import type { MasterKeyInputs } from "../../provider/element/master-key-state";
import { assertKnown, type Names } from "../known-arguments";
import { deleteFirst, dependingOn, EkmResource, type Props, typeOf } from "../resource";
import { holderProps } from "./key-holder";
import type { KeyServerAttachment } from "./key-server-attachment";
import { ON_CLUSTER_OUTPUTS, type OnClusterArgs, type TlsVerification } from "./on-cluster";

/** Arguments of {@link MasterKey}. */
export interface MasterKeyArgs extends OnClusterArgs {
  /**
   * Who holds the master key: the provider of this attachment, or the provider of this id where it is not managed here.
   * Left out, the cluster's internal keys.
   */
  keyProvider?: KeyServerAttachment | pulumi.Input<string>;
  /** A changed or added value asks for a new key. Equal values never rekey, and leaving them all out does not either. */
  rotationTriggers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Such as `"90d"` or `"12h"`: asks for a new key once the one in force is older. Changing this alone never rekeys a younger key. */
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
 * `customTimeouts` set the time a rekey may take (default one hour); at the deadline the resource is kept as incomplete,
 * and the next `pulumi up` goes on waiting.
 *
 * API methods: `RekeySoftwareEncryptionAtRestMasterKey`, `GetAsyncResult`, `GetSoftwareEncryptionAtRestInfo`,
 * `ListKeyProvidersKmip`, `TestKeyProviderKmip`, `ListClusterFaults`. Errors: `EKM_REKEY_FAILED`, `EKM_REKEY_DEADLINE`,
 * `EKM_MASTER_KEY_HELD_ELSEWHERE`, `EKM_KEY_UNAVAILABLE`, `EKM_SOFTWARE_ENCRYPTION_DISABLED`,
 * `EKM_REPLACEMENT_REFUSED`, `EKM_OBJECT_NOT_FOUND`.
 */
export class MasterKey extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:MasterKey");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<TlsVerification>;
  /** Who holds the key in force. */
  declare readonly keyManagementType: pulumi.Output<"internal" | "external">;
  /** Id of the provider that holds it; absent for internal keys. */
  declare readonly keyProviderID: pulumi.Output<number | undefined>;
  /** Its name, where it is declared in the same program. */
  declare readonly keyProviderName: pulumi.Output<string | undefined>;
  /** UUID of the key in force. The object on the key server carries it in its attribute `x-SolidFire-KeyID-…`. */
  declare readonly keyID: pulumi.Output<string>;
  /** When it was created, ISO 8601, by the cluster's clock. */
  declare readonly keyCreatedTime: pulumi.Output<string | undefined>;
  /** The key that the last create or update saw in force: differs when somebody else has rekeyed. */
  declare readonly recordedKeyID: pulumi.Output<string>;
  /** When that was, ISO 8601. */
  declare readonly recordedTime: pulumi.Output<string>;
  /** False while a rekey was not seen to end, whoever started it; the next `pulumi up` waits for it. */
  declare readonly complete: pulumi.Output<boolean>;
  /** What the cluster says when it cannot get the key from a key server that works; absent when it can. */
  declare readonly fault: pulumi.Output<string | undefined>;
  /** True where a refresh found the key to be older than `maxAge`: the next `pulumi up` rotates it. */
  declare readonly rotationDue: pulumi.Output<boolean | undefined>;
  /** What a destroy will do. */
  declare readonly onDelete: pulumi.Output<"internal" | "keep">;

  constructor(name: string, args: MasterKeyArgs = {}, opts?: pulumi.CustomResourceOptions) {
    assertKnown(`element.MasterKey "${name}"`, args, ARGUMENTS);
    const { keyProvider: holder, rotationTriggers, maxAge, takeOver, adopt, onDelete } = args;
    const secretTriggers: Promise<CarriedInputs["secretTriggers"]> = pulumi
      .isSecret(pulumi.output(rotationTriggers))
      .then((isSecret) => isSecret || undefined);
    const props: Props<MasterKeyInputs, "defaults"> = {
      ...holderProps(args),
      rotationTriggers,
      maxAge,
      takeOver,
      adopt,
      onDelete,
    };
    super(MasterKey, name, { ...props, secretTriggers }, OUTPUTS, dependingOn(deleteFirst(opts), holder));
  }
}

const ARGUMENTS: Names<MasterKeyArgs> = {
  cluster: true,
  keyProvider: true,
  rotationTriggers: true,
  maxAge: true,
  takeOver: true,
  adopt: true,
  onDelete: true,
};

const OUTPUTS = [
  ...ON_CLUSTER_OUTPUTS,
  "keyManagementType",
  "keyProviderID",
  "keyID",
  "keyCreatedTime",
  "recordedKeyID",
  "recordedKeyProviderID",
  "recordedTime",
  "complete",
  "fault",
  "rotationDue",
];
