// Made by "npm run generate" from the description of element:KeyServer in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { CertificateDescription } from "../../provider/pki";
import { EkmResource, type Shape, typeOf } from "../resource";

/** Arguments of {@link KeyServer}. */
export interface KeyServerArgs {
  /**
   * Name of the cluster's connection. A name that leads to a cluster of another identity is refused.
   * @default "default"
   */
  cluster?: pulumi.Input<string>;
  /**
   * Name for display. Element's names are neither unique nor identifiers; an exact name leaves no mark by which this
   * resource would recognise its own object after a lost answer.
   * @default the logical name with a short suffix derived from the URN
   */
  name?: pulumi.Input<string>;
  /** Host names or IP addresses, in any order. Several only when they are the nodes of one clustered key server. */
  hostnames: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * KMIP port.
   * @default 5696
   */
  port?: pulumi.Input<number>;
  /** CA certificates (PEM) that sign the key server's own certificate. Previews show them in words. */
  caCertificate: pulumi.Input<string>;
  /**
   * The cluster's client certificate (PEM), issued for the cluster's own key pair by an authority that the key server
   * trusts. Where that authority is not a root, the authorities in between may follow, each after the certificate that
   * it issued: a key server that knows the root alone needs them. They are stored as given; whether a cluster presents
   * them to the key server is not documented by NetApp, and `TestKeyServerKmip` tells. Renewed in place: no new key
   * pair, no rekey.
   */
  clientCertificate: pulumi.Input<string>;
  /**
   * `publicKeyFingerprint` of the cluster's {@link KeyPair}. With it, a wrong client certificate fails at plan time.
   */
  publicKeyFingerprint?: pulumi.Input<string>;
  /**
   * Id of an existing key server to take over, or `"match"` for the server that equals the declared one. What differs
   * from the declaration is changed; what is equal is left alone, weak and expired certificates too. Of use at the
   * first create alone.
   */
  adopt?: pulumi.Input<string>;
}

/**
 * A KMIP key server, as the cluster knows it. The cluster tests it after every change.
 *
 * Deleting a key server that an active provider needs is refused.
 *
 * API methods: `CreateKeyServerKmip`, `ModifyKeyServerKmip`, `DeleteKeyServerKmip`, `ListKeyServersKmip`,
 * `TestKeyServerKmip`; after a change of address `ListClusterFaults`; to compare the client certificate
 * `GetClientCertificateSignRequest`; to see who holds keys on it `ListKeyProvidersKmip`,
 * `GetSoftwareEncryptionAtRestInfo`, `GetAsyncResult`, `GetEncryptionAtRestInfo`; before Element 12.3 `ListDrives`; to
 * remove what a run that was cut off has made `ListKeyServersKmip`, `DeleteKeyServerKmip`, `ListKeyProvidersKmip`,
 * `DeleteKeyProviderKmip`, `RemoveKeyServerFromProviderKmip`.
 * Errors: `EKM_KEY_SERVER_TEST`, `EKM_CLIENT_CERTIFICATE_MISMATCH`, `EKM_EQUAL_OBJECT_EXISTS`, `EKM_AMBIGUOUS_OBJECT`,
 * `EKM_PROVIDER_ACTIVE`, `EKM_KEY_UNAVAILABLE`, `EKM_OBJECT_NOT_FOUND`.
 */
export class KeyServer extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:KeyServer");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** Name for display. */
  declare readonly name: pulumi.Output<string>;
  /** Host names or IP addresses. */
  declare readonly hostnames: pulumi.Output<string[]>;
  /** KMIP port; absent when it is the default of 5696. */
  declare readonly port: pulumi.Output<number | undefined>;
  /** CA certificates that sign the key server's own certificate. Marked as a secret, to keep it out of previews. */
  declare readonly caCertificate: pulumi.Output<string>;
  /** The cluster's client certificate. Marked as a secret, to keep it out of previews. */
  declare readonly clientCertificate: pulumi.Output<string>;
  /** The client certificate in words: subject, issuer, serial number, validity, fingerprint. */
  declare readonly clientCertificateDescription: pulumi.Output<CertificateDescription | undefined>;
  /** The authorities that follow the client certificate, in words; absent where none does. */
  declare readonly clientCertificateIssuerDescriptions: pulumi.Output<CertificateDescription[] | undefined>;
  /** The certificates of `caCertificate` in words. */
  declare readonly caCertificateDescriptions: pulumi.Output<CertificateDescription[] | undefined>;
  /** The cluster reached the server and could use it. */
  declare readonly tested: pulumi.Output<boolean>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** The cluster's id of the server; the resource's id is the same as text. */
  declare readonly keyServerID: pulumi.Output<number>;

  constructor(name: string, args: KeyServerArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts);
  }
}

const SHAPE: Shape = {
  token: "element:KeyServer",
  arguments: {
    cluster: true,
    name: true,
    hostnames: true,
    port: true,
    caCertificate: true,
    clientCertificate: true,
    publicKeyFingerprint: true,
    adopt: true,
  },
  properties: [
    "cluster",
    "name",
    "hostnames",
    "port",
    "caCertificate",
    "clientCertificate",
    "publicKeyFingerprint",
    "adopt",
    "clientCertificateDescription",
    "clientCertificateIssuerDescriptions",
    "caCertificateDescriptions",
    "tested",
    "clusterUniqueID",
    "tlsVerification",
    "keyServerID",
  ],
  secrets: ["caCertificate", "clientCertificate"],
  deletesFirst: true,
};
