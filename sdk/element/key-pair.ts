// Made by "npm run generate" from the description of element:KeyPair in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { Subject } from "../../provider/pki";
import type { MembersAsInputs } from "../members-as-inputs";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import { wiring } from "./wiring";

/** Arguments of {@link KeyPair}. */
export interface KeyPairArgs {
  /**
   * Name of the cluster's connection. A name that leads to a cluster of another identity is refused.
   * @default "default"
   */
  cluster?: pulumi.Input<string>;
  /**
   * Subject of the certificate signing request. Left out, an existing pair is taken as it is. Another subject needs
   * another pair.
   */
  subject?: pulumi.Input<MembersAsInputs<Subject>>;
  /**
   * Makes a new pair when this text changes; taken out of the program, it asks for nothing. Refused while a key
   * provider is active: bring the master key back to internal keys first. Every client certificate that was issued for
   * the old pair is useless afterwards.
   */
  regenerate?: pulumi.Input<string>;
  /** `"match"`: take over the pair that exists, and make none. Of use at the first create alone. */
  adopt?: pulumi.Input<"match">;
}

/**
 * The key pair with which a cluster authenticates to its key servers. A cluster has a single pair, and keeps its
 * private key.
 *
 * An existing pair of the same subject is taken over. A new pair is refused where any key server exists, unless
 * `regenerate` is declared, and always while a key provider is active. A destroy leaves the pair.
 *
 * API methods: `CreatePublicPrivateKeyPair`, `GetClientCertificateSignRequest`; to see whether a pair is in use
 * `ListKeyProvidersKmip`, `ListKeyServersKmip`; to remove what a run that was cut off has made `ListKeyServersKmip`,
 * `DeleteKeyServerKmip`, `ListKeyProvidersKmip`, `DeleteKeyProviderKmip`, `RemoveKeyServerFromProviderKmip`.
 * Errors: `EKM_KEY_PAIR_IN_USE`, `EKM_OBJECT_NOT_FOUND`.
 */
export class KeyPair extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:KeyPair");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** Subject of the pair. */
  declare readonly subject: pulumi.Output<Subject | undefined>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** SHA-256 of the public key that the cluster has (SubjectPublicKeyInfo), in hex. */
  declare readonly publicKeyFingerprint: pulumi.Output<string>;
  /**
   * Fingerprint of the pair that this resource made or accepted last. It differs when somebody else has made a new
   * pair.
   */
  declare readonly recordedPublicKeyFingerprint: pulumi.Output<string>;

  constructor(name: string, args: KeyPairArgs = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts, wiring["element:KeyPair"] satisfies Wire<KeyPairArgs>);
  }
}

const SHAPE: Shape = {
  token: "element:KeyPair",
  arguments: { cluster: true, subject: true, regenerate: true, adopt: true },
  properties: [
    "cluster",
    "subject",
    "regenerate",
    "adopt",
    "clusterUniqueID",
    "tlsVerification",
    "publicKeyFingerprint",
    "recordedPublicKeyFingerprint",
  ],
};
