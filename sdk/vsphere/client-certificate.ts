// Made by "npm run generate" from the description of vsphere:ClientCertificate in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { CertificateDescription } from "../../provider/pki";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { KeyProvider } from "./key-provider";
import type { TrustedKeyProvider } from "./trusted-key-provider";
import { wiring } from "./wiring";

/** Arguments of {@link ClientCertificate}. */
export interface ClientCertificateArgs {
  /**
   * Name of the vCenter's connection. A name that leads to a vCenter of another identity is refused. Left out, that of
   * the key provider where it is a resource.
   * @default "default"
   */
  vcenter?: pulumi.Input<string>;
  /** The key provider, or the name of one that is not managed here (`CLUSTER/NAME` of a trusted one). */
  keyProvider: KeyProvider | TrustedKeyProvider | pulumi.Input<string>;
  /** Makes a new certificate when this text changes; taken out of the program, it asks for nothing. */
  regenerate?: pulumi.Input<string>;
  /**
   * Lets `regenerate` cut a trusted provider off until the key server has learnt the new certificate.
   * @default false
   */
  allowInterruption?: pulumi.Input<boolean>;
  /**
   * `"match"`: take over the certificate that the provider has, whoever has made it. Of use at the first create alone.
   */
  adopt?: pulumi.Input<"match">;
}

/**
 * A client certificate that vCenter makes and signs itself, for one key provider; its private key never leaves vCenter.
 * Register it at the key server, and then have a {@link KeyProviderTrust} use it.
 *
 * One that vCenter has made before is taken as it is. A trusted provider uses a new one at once: until the key server
 * has learnt it, nobody gets keys. For that provider, a {@link CertificateSigningRequest} renews without a gap.
 * Deleting it removes nothing: it goes with the provider.
 *
 * API methods: `ListKmipServers`, `GenerateSelfSignedClientCert`, `RetrieveSelfSignedClientCert`; of a trusted provider
 * `listKmsProviders`, `getKmsProvider`, `createKmsClientCertificate`, `getKmsClientCertificate`; to see who uses a
 * provider that is left `ListKeys`, `QueryCryptoKeyStatus`, `RetrievePropertiesEx`.
 * Errors: `EKM_INTERRUPTION`, `EKM_CLIENT_KEY_REPLACED`, `EKM_KEY_PROVIDER_IN_USE`, `EKM_KEY_PROVIDER_DEFAULT`,
 * `EKM_OBJECT_NOT_FOUND`.
 */
export class ClientCertificate extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("vsphere:ClientCertificate");

  /** Name of the vCenter's connection. */
  declare readonly vcenter: pulumi.Output<string>;
  /** Id of the key provider. */
  declare readonly keyProvider: pulumi.Output<string>;
  /** Identity of the vCenter: its `instanceUuid`. */
  declare readonly vcenterUuid: pulumi.Output<string>;
  /** How the vCenter's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** The certificate (PEM), for the key server to learn. */
  declare readonly certificate: pulumi.Output<string>;
  /** The certificate, in words. */
  declare readonly certificateDescription: pulumi.Output<CertificateDescription>;
  /** SHA-256 of the certificate's public key (SubjectPublicKeyInfo), in hex. */
  declare readonly publicKeyFingerprint: pulumi.Output<string>;
  /**
   * That of the certificate which this resource made or accepted last. It differs when somebody else has made a new
   * one.
   */
  declare readonly recordedPublicKeyFingerprint: pulumi.Output<string>;

  constructor(name: string, args: ClientCertificateArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts, wiring["vsphere:ClientCertificate"] satisfies Wire<ClientCertificateArgs>);
  }
}

const SHAPE: Shape = {
  token: "vsphere:ClientCertificate",
  arguments: { vcenter: true, keyProvider: true, regenerate: true, allowInterruption: true, adopt: true },
  properties: [
    "vcenter",
    "keyProvider",
    "regenerate",
    "allowInterruption",
    "adopt",
    "vcenterUuid",
    "tlsVerification",
    "certificate",
    "certificateDescription",
    "publicKeyFingerprint",
    "recordedPublicKeyFingerprint",
  ],
};
