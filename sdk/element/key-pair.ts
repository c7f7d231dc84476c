import type * as pulumi from "@pulumi/pulumi";
import { DEFAULT_CLUSTER } from "../../provider/element/default-cluster";
import type { KeyPairInputs } from "../../provider/element/key-pair-state";
import type { Subject } from "../../provider/pki";
import { engineName } from "../../provider/unshown-inputs";
import { given } from "../given";
import { assertKnown, type Names } from "../known-arguments";
import { EkmResource, type Props, typeOf } from "../resource";
import { ON_CLUSTER_OUTPUTS, type OnClusterArgs, type TlsVerification } from "./on-cluster";

/** Components, the first of whose resources is a key pair, with whether their master key may be taken from any holder. */
export const takers = new WeakMap<pulumi.Resource, pulumi.Input<boolean>>();

/** Arguments of {@link KeyPair}. */
export interface KeyPairArgs extends OnClusterArgs {
  /**
   * Subject of the certificate signing request. Left out, an existing pair is taken as it is. Another subject needs
   * another pair.
   */
  subject?: pulumi.Input<Subject>;
  /**
   * Makes a new pair when this text changes; taken out of the program, it asks for nothing. Refused while a key provider is active: bring the master key back to
   * internal keys first. Every client certificate that was issued for the old pair is useless afterwards.
   */
  regenerate?: pulumi.Input<string>;
  /** `"match"`: take over the pair that exists, and make none. Of use at the first create alone. */
  adopt?: pulumi.Input<"match">;
}

/**
 * The key pair with which a cluster authenticates to its key servers. A cluster has one, and keeps its private key.
 *
 * An existing pair of the same subject is taken over. A new one is refused where any key server exists, unless
 * `regenerate` is declared, and always while a key provider is active. A destroy leaves the pair.
 *
 * API methods: `CreatePublicPrivateKeyPair`, `GetClientCertificateSignRequest`; to see whether a pair is in use
 * `ListKeyProvidersKmip`, `ListKeyServersKmip`.
 * Errors: `EKM_KEY_PAIR_IN_USE`, `EKM_OBJECT_NOT_FOUND`.
 */
export class KeyPair extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:KeyPair");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<TlsVerification>;
  /** Subject of the pair. */
  declare readonly subject: pulumi.Output<Subject | undefined>;
  /** SHA-256 of the public key that the cluster has (SubjectPublicKeyInfo), in hex. */
  declare readonly publicKeyFingerprint: pulumi.Output<string>;
  /** The same of the pair that this resource made or accepted last: differs when somebody else made a new pair. */
  declare readonly recordedPublicKeyFingerprint: pulumi.Output<string>;

  constructor(name: string, args: KeyPairArgs = {}, opts: pulumi.CustomResourceOptions = {}) {
    assertKnown(`element.KeyPair "${name}"`, args, ARGUMENTS);
    const { cluster = DEFAULT_CLUSTER, subject, regenerate, adopt } = given(args);
    const props: Props<KeyPairInputs> = { cluster, subject, regenerate, adopt };
    const takesOver = opts.parent && takers.get(opts.parent);
    super(KeyPair, name, { ...props, [engineName("takesOver")]: takesOver }, OUTPUTS, opts);
  }
}

const ARGUMENTS: Names<KeyPairArgs> = {
  cluster: true,
  subject: true,
  regenerate: true,
  adopt: true,
};

const OUTPUTS = [...ON_CLUSTER_OUTPUTS, "publicKeyFingerprint", "recordedPublicKeyFingerprint"];
