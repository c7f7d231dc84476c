// Made by "npm run generate" from the description of vsphere:KeyProviderTrust in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { CertificateDescription } from "../../provider/pki";
import type { KeyServerHealth } from "../../provider/systems/vsphere/observed/key-providers";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { KeyProvider } from "./key-provider";
import type { TrustedKeyProvider } from "./trusted-key-provider";
import { wiring } from "./wiring";

/** Arguments of {@link KeyProviderTrust}. */
export interface KeyProviderTrustArgs {
  /**
   * Name of the vCenter's connection. A name that leads to a vCenter of another identity is refused. Left out, that of
   * the key provider where it is a resource.
   * @default "default"
   */
  vcenter?: pulumi.Input<string>;
  /** The key provider, or the name of one that is not managed here (`CLUSTER/NAME` of a trusted one). */
  keyProvider: KeyProvider | TrustedKeyProvider | pulumi.Input<string>;
  /** The client certificate that vCenter presents (PEM). Left out, the one that it has stays. */
  certificate?: pulumi.Input<string>;
  /** The certificate's private key (PEM), where vCenter has not made it itself. vCenter tells it to nobody. */
  privateKey?: pulumi.Input<string>;
  /** `publicKeyFingerprint` of the request. With it, a certificate for another key fails at plan time. */
  publicKeyFingerprint?: pulumi.Input<string>;
  /**
   * What it waits for: that every server is healthy, or nothing, where people register certificates by hand.
   * @default "healthy"
   */
  waitFor?: pulumi.Input<"healthy" | "none">;
}

/**
 * That a key provider and its key servers trust each other: which client certificate vCenter presents, and that every
 * server takes it. Declare it after whatever registers the certificate at the key server (resource option `dependsOn`);
 * it waits until vCenter finds the provider healthy, which may take minutes.
 *
 * The certificate is one of a {@link ClientCertificate}, one that an authority has signed from a {@link
 * CertificateSigningRequest}, or any one with its private key. Another one takes the place of the one in use: register
 * it first.
 *
 * Deleting it removes nothing, and is refused while the provider is used: it goes before the registration does.
 *
 * API methods: `ListKmipServers`, `RetrieveKmipServersStatus_Task`, `RetrieveClientCert`,
 * `RetrieveSelfSignedClientCert`, `UpdateSelfSignedClientCert`, `RetrieveClientCsr`, `UpdateKmsSignedCsrClientCert`,
 * `UploadClientCert`; of a trusted provider `listKmsProviders`, `getKmsProvider`, `getKmsClientCertificate`,
 * `updateKmsClientCertificate`, `getKmsCsr`; to see who uses the provider `ListKeys`, `QueryCryptoKeyStatus`,
 * `RetrievePropertiesEx`; to remove what a run that was cut off has made `deleteKmsProvider`, `UnregisterKmsCluster`.
 * Errors: `EKM_CLIENT_CERTIFICATE_MISMATCH`, `EKM_KEY_PROVIDER_UNHEALTHY`, `EKM_KEY_PROVIDER_IN_USE`,
 * `EKM_KEY_PROVIDER_DEFAULT`, `EKM_OBJECT_NOT_FOUND`, `EKM_REPLACEMENT_REFUSED`.
 */
export class KeyProviderTrust extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("vsphere:KeyProviderTrust");

  /** Name of the vCenter's connection. */
  declare readonly vcenter: pulumi.Output<string>;
  /** Id of the key provider. */
  declare readonly keyProvider: pulumi.Output<string>;
  /** The client certificate that vCenter presents (PEM). Left out, the one that it has stays. */
  declare readonly certificate: pulumi.Output<string | undefined>;
  /** `publicKeyFingerprint` of the request. With it, a certificate for another key fails at plan time. */
  declare readonly publicKeyFingerprint: pulumi.Output<string | undefined>;
  /** What it waits for: that every server is healthy, or nothing, where people register certificates by hand. */
  declare readonly waitFor: pulumi.Output<"healthy" | "none">;
  /** The client certificate, in words. */
  declare readonly certificateDescription: pulumi.Output<CertificateDescription | undefined>;
  /** vCenter and every server trust each other, and vCenter finds the provider healthy. */
  declare readonly healthy: pulumi.Output<boolean | undefined>;
  /** Identity of the vCenter: its `instanceUuid`. */
  declare readonly vcenterUuid: pulumi.Output<string>;
  /** How the vCenter's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** How vCenter finds the provider; `unknown` before it has looked. */
  declare readonly health: pulumi.Output<"healthy" | "degraded" | "unhealthy" | "unknown">;
  /** How vCenter and each server get on. */
  declare readonly serverHealth: pulumi.Output<KeyServerHealth[]>;

  constructor(name: string, args: KeyProviderTrustArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts, wiring["vsphere:KeyProviderTrust"] satisfies Wire<KeyProviderTrustArgs>);
  }
}

const SHAPE: Shape = {
  token: "vsphere:KeyProviderTrust",
  arguments: {
    vcenter: true,
    keyProvider: true,
    certificate: true,
    privateKey: true,
    publicKeyFingerprint: true,
    waitFor: true,
  },
  properties: [
    "vcenter",
    "keyProvider",
    "certificate",
    "privateKey",
    "publicKeyFingerprint",
    "waitFor",
    "certificateDescription",
    "healthy",
    "vcenterUuid",
    "tlsVerification",
    "health",
    "serverHealth",
  ],
  secrets: ["privateKey"],
};
