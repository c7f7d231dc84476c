// Made by "npm run generate" from the description of vsphere:CertificateSigningRequest in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { Subject } from "../../provider/pki";
import type { MembersAsInputs } from "../members-as-inputs";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { KeyProvider } from "./key-provider";
import type { TrustedKeyProvider } from "./trusted-key-provider";
import { wiring } from "./wiring";

/** Arguments of {@link CertificateSigningRequest}. */
export interface CertificateSigningRequestArgs {
  /**
   * Name of the vCenter's connection. A name that leads to a vCenter of another identity is refused. Left out, that of
   * the key provider where it is a resource.
   * @default "default"
   */
  vcenter?: pulumi.Input<string>;
  /** The key provider, or the name of one that is not managed here (`CLUSTER/NAME` of a trusted one). */
  keyProvider: KeyProvider | TrustedKeyProvider | pulumi.Input<string>;
  /** Subject of the request. Of a standard provider alone, from vSphere 8.0.1 on. Another one needs another request. */
  subject?: pulumi.Input<MembersAsInputs<Subject>>;
  /** Makes a new request when this text changes; taken out of the program, it asks for nothing. */
  regenerate?: pulumi.Input<string>;
}

/**
 * A request that vCenter makes for the client certificate of one key provider, with a key pair of its own that never
 * leaves vCenter. Have it signed, register the certificate where the key server wants it, and then have a {@link
 * KeyProviderTrust} use it: the present certificate stays in use until then.
 *
 * vCenter keeps one request for each provider, and a new one makes the former useless. Deleting it removes nothing.
 *
 * API methods: `ListKmipServers`, `GenerateClientCsr`, `RetrieveClientCsr`; of a trusted provider `listKmsProviders`,
 * `getKmsProvider`, `createKmsCsr`, `getKmsCsr`; to see who uses a provider that is left `ListKeys`,
 * `QueryCryptoKeyStatus`, `RetrievePropertiesEx`.
 * Errors: `EKM_API_VERSION`, `EKM_CLIENT_KEY_REPLACED`, `EKM_KEY_PROVIDER_IN_USE`, `EKM_KEY_PROVIDER_DEFAULT`,
 * `EKM_OBJECT_NOT_FOUND`.
 */
export class CertificateSigningRequest extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("vsphere:CertificateSigningRequest");

  /** Name of the vCenter's connection. */
  declare readonly vcenter: pulumi.Output<string>;
  /** Id of the key provider. */
  declare readonly keyProvider: pulumi.Output<string>;
  /** Subject of the request. Of a standard provider alone, from vSphere 8.0.1 on. Another one needs another request. */
  declare readonly subject: pulumi.Output<Subject | undefined>;
  /** Identity of the vCenter: its `instanceUuid`. */
  declare readonly vcenterUuid: pulumi.Output<string>;
  /** How the vCenter's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** The request, as vCenter gave it (PKCS#10). */
  declare readonly pem: pulumi.Output<string>;
  /** SHA-256 of the request's public key (SubjectPublicKeyInfo), in hex. */
  declare readonly publicKeyFingerprint: pulumi.Output<string>;
  /** That of the request which this resource made last. It differs when somebody else has made a new one. */
  declare readonly recordedPublicKeyFingerprint: pulumi.Output<string>;

  constructor(name: string, args: CertificateSigningRequestArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(
      SHAPE,
      name,
      args,
      opts,
      wiring["vsphere:CertificateSigningRequest"] satisfies Wire<CertificateSigningRequestArgs>,
    );
  }
}

const SHAPE: Shape = {
  token: "vsphere:CertificateSigningRequest",
  arguments: { vcenter: true, keyProvider: true, subject: true, regenerate: true },
  properties: [
    "vcenter",
    "keyProvider",
    "subject",
    "regenerate",
    "vcenterUuid",
    "tlsVerification",
    "pem",
    "publicKeyFingerprint",
    "recordedPublicKeyFingerprint",
  ],
};
