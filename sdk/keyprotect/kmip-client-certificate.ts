// Made by "npm run generate" from the description of keyprotect:KmipClientCertificate in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { Duration } from "../../provider/core/duration";
import type { CertificateDescription } from "../../provider/pki";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { KmipAdapter } from "./kmip-adapter";
import { wiring } from "./wiring";

/** Arguments of {@link KmipClientCertificate}. */
export interface KmipClientCertificateArgs {
  /**
   * Name of the instance's connection. A name that leads to an instance of another GUID is refused. Left out, that of
   * the adapter where it is a resource.
   * @default "default"
   */
  instance?: pulumi.Input<string>;
  /**
   * The adapter, or the ID of one that is not managed here. Another one is a replacement, refused while clients have
   * keys in the present one.
   */
  adapter: KmipAdapter | pulumi.Input<string>;
  /** The client's certificate (PEM). Of a chain, the first is registered. */
  certificate: pulumi.Input<string>;
  /**
   * What the names of registrations begin with: up to 17 letters, digits, `-` and `_`. What follows tells whose it is,
   * and which certificate. Of use at the first create alone.
   * @default the logical name
   */
  name?: pulumi.Input<string>;
  /**
   * How long Key Protect may take until it accepts the certificate.
   * @default `"5m"`
   */
  propagation?: pulumi.Input<Duration>;
  /**
   * `"match"`: take over the registration of this certificate at the adapter, whoever has made it. Of use at the first
   * create alone.
   */
  adopt?: pulumi.Input<"match">;
  /**
   * What a destroy does: remove the registration, which is refused while that would cut the client off from its keys,
   * or leave it.
   * @default "remove"
   */
  onDelete?: pulumi.Input<"remove" | "keep">;
}

/**
 * A client certificate, registered at a KMIP adapter: whoever has its private key reads and makes all keys of the
 * adapter. The private key is not needed here.
 *
 * It takes up to five minutes until Key Protect accepts a new certificate, and this resource waits for that: whatever
 * uses the certificate comes after it (resource option `dependsOn`).
 *
 * Another certificate is registered beside the present one, which its client goes on presenting until it is given the
 * new one. {@link KmipAdapterClients}, declared after the clients, removes what they do not use any more.
 *
 * API methods: `addKmipClientCertificate`, `getKmipClientCertificates`, `deleteKmipClientCertificate`; to compare
 * certificates `getKmipClientCertificate`; to see whether clients have keys in an adapter that they are to leave
 * `getKmipObjects`, `getKmipAdapter`.
 * Errors: `EKM_CERTIFICATE_REGISTERED_ELSEWHERE`, `EKM_ADAPTER_HAS_CLIENTS`, `EKM_EQUAL_OBJECT_EXISTS`,
 * `EKM_KEYS_IN_ADAPTER`, `EKM_OBJECT_NOT_FOUND`, `EKM_PROPAGATION_DEADLINE`, `EKM_REPLACEMENT_REFUSED`.
 */
export class KmipClientCertificate extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("keyprotect:KmipClientCertificate");

  /** Name of the instance's connection. */
  declare readonly instance: pulumi.Output<string>;
  /** ID of the adapter. */
  declare readonly adapter: pulumi.Output<string>;
  /** The certificate as it was given, for whatever uses it once it is accepted. */
  declare readonly certificate: pulumi.Output<string>;
  /**
   * What the names of registrations begin with: up to 17 letters, digits, `-` and `_`. What follows tells whose it is,
   * and which certificate. Of use at the first create alone.
   */
  declare readonly name: pulumi.Output<string | undefined>;
  /** How long Key Protect may take until it accepts the certificate. */
  declare readonly propagation: pulumi.Output<Duration | undefined>;
  /** What a destroy will do. */
  declare readonly onDelete: pulumi.Output<"remove" | "keep">;
  /** What a destroy does with the adapter and the keys in it, where the same program declares the adapter. */
  declare readonly adapterOnDelete: pulumi.Output<"refuse" | "destroyKeys" | "keep" | undefined>;
  /** The certificate, in words. */
  declare readonly certificateDescription: pulumi.Output<CertificateDescription | undefined>;
  /**
   * False until Key Protect can be taken to accept the certificate; the next `pulumi up` waits for the rest of the
   * time.
   */
  declare readonly complete: pulumi.Output<boolean>;
  /** GUID of the instance. */
  declare readonly instanceID: pulumi.Output<string>;
  /** How the TLS certificate of the instance's API was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** Key Protect's ID of the registration. Another certificate has another one. */
  declare readonly certificateID: pulumi.Output<string>;
  /** Name of the registration, as the console shows it. */
  declare readonly registrationName: pulumi.Output<string>;
  /** SHA-256 fingerprint of the certificate: hexadecimal, pairs separated by colons. */
  declare readonly fingerprint256: pulumi.Output<string>;
  /** When it was registered, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /**
   * Names of registrations of earlier certificates that are still accepted: a {@link KmipAdapterClients} removes them.
   */
  declare readonly superseded: pulumi.Output<string[]>;

  constructor(name: string, args: KmipClientCertificateArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(
      SHAPE,
      name,
      args,
      opts,
      wiring["keyprotect:KmipClientCertificate"] satisfies Wire<KmipClientCertificateArgs>,
    );
  }
}

const SHAPE: Shape = {
  token: "keyprotect:KmipClientCertificate",
  arguments: {
    instance: true,
    adapter: true,
    certificate: true,
    name: true,
    propagation: true,
    adopt: true,
    onDelete: true,
  },
  properties: [
    "instance",
    "adapter",
    "certificate",
    "name",
    "propagation",
    "adopt",
    "onDelete",
    "adapterOnDelete",
    "certificateDescription",
    "complete",
    "instanceID",
    "tlsVerification",
    "certificateID",
    "registrationName",
    "fingerprint256",
    "createdAt",
    "superseded",
  ],
};
