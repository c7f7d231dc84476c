// Made by "npm run generate" from the description of keyprotect:KmipAdapterClients in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { KmipAdapter } from "./kmip-adapter";
import type { KmipClientCertificate } from "./kmip-client-certificate";
import { wiring } from "./wiring";

/** Arguments of {@link KmipAdapterClients}. */
export interface KmipAdapterClientsArgs {
  /**
   * Name of the instance's connection. A name that leads to an instance of another GUID is refused. Left out, that of
   * the adapter where it is a resource.
   * @default "default"
   */
  instance?: pulumi.Input<string>;
  /** The adapter, or the ID of one that is not managed here. */
  adapter: KmipAdapter | pulumi.Input<string>;
  /** The certificates of the adapter's clients, or the IDs of their registrations. */
  clientCertificates: (KmipClientCertificate | pulumi.Input<string>)[];
  /**
   * IDs or names of registrations that others have made, and that are known.
   * @default none
   */
  others?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * Which clients a KMIP adapter has: the listed certificates, and nobody else. Declare it after whatever uses the
 * certificates (resource option `dependsOn`): it then removes the registrations that a renewal has left behind, once
 * their clients present the new certificates. A run that does not come so far cuts nobody off.
 *
 * A certificate that nobody has declared is refused, for whoever has its private key reads every key of the adapter.
 * Registrations of this stack that are not listed stay as they are. What a run has just made that was cut off, an empty
 * adapter or a certificate of which no key is, is removed as well.
 *
 * Deleting it removes nothing.
 *
 * API methods: `getKmipClientCertificates`, `deleteKmipClientCertificate`; to remove what a run that was cut off has
 * made `getKmipAdapters`, `getKmipObjects`, `deleteKmipAdapter`.
 * Errors: `EKM_UNDECLARED_CERTIFICATE`, `EKM_OBJECT_NOT_FOUND`.
 */
export class KmipAdapterClients extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("keyprotect:KmipAdapterClients");

  /** Name of the instance's connection. */
  declare readonly instance: pulumi.Output<string>;
  /** ID of the adapter. */
  declare readonly adapter: pulumi.Output<string>;
  /** IDs of the registrations that are in use. */
  declare readonly clientCertificates: pulumi.Output<string[]>;
  /** IDs or names of registrations that others have made, and that are known. */
  declare readonly others: pulumi.Output<string[] | undefined>;
  /** Names of registrations that nobody has declared: none, unless a refresh has found some. */
  declare readonly undeclared: pulumi.Output<string[]>;
  /** GUID of the instance. */
  declare readonly instanceID: pulumi.Output<string>;
  /** How the TLS certificate of the instance's API was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** Names of registrations of earlier certificates, which an update removes: none, unless a refresh has found some. */
  declare readonly superseded: pulumi.Output<string[]>;

  constructor(name: string, args: KmipAdapterClientsArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts, wiring["keyprotect:KmipAdapterClients"] satisfies Wire<KmipAdapterClientsArgs>);
  }
}

const SHAPE: Shape = {
  token: "keyprotect:KmipAdapterClients",
  arguments: { instance: true, adapter: true, clientCertificates: true, others: true },
  properties: [
    "instance",
    "adapter",
    "clientCertificates",
    "others",
    "undeclared",
    "instanceID",
    "tlsVerification",
    "superseded",
  ],
};
