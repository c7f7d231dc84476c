import * as pulumi from "@pulumi/pulumi";
import { componentTypeOf } from "../../provider/adapters/pulumi/resource-type";
import type { Duration } from "../../provider/core/duration";
import { KMIP_ACCESS } from "../../provider/systems/keyprotect/components";
import { refuseImportOfComponent } from "../import-option";
import { assertKnown } from "../known-arguments";
import { assertLoadable } from "../program-dependency";
import { followingTransforms } from "../timeouts";
import { KmipAdapter } from "./kmip-adapter";
import { KmipClientCertificate } from "./kmip-client-certificate";
import { RootKey } from "./root-key";

/** Arguments of {@link KmipAccess}. */
export interface KmipAccessArgs {
  /**
   * Name of the instance's connection.
   * @default "default"
   */
  instance?: pulumi.Input<string>;
  /** The root key that wraps the clients' keys, or the ID or alias of one. Left out, one is made, which a destroy keeps. */
  rootKey?: RootKey | pulumi.Input<string>;
  /** The clients' certificates (PEM), by logical names. All of them share the keys of the adapter. */
  clients: Record<string, pulumi.Input<string>>;
  /**
   * How long Key Protect may take until it accepts a certificate.
   * @default "5m"
   */
  propagation?: pulumi.Input<Duration>;
}

/**
 * What KMIP clients need to keep their keys in Key Protect: a root key, a KMIP adapter, and a registration for each of them.
 * Whatever uses a certificate takes it from `clientCertificates`, and so comes after its registration.
 *
 * Certificates that a renewal has left behind are removed by a {@link KmipAdapterClients}, declared after the clients.
 *
 * Pass an explicit provider instance with `providers: { "pulumi-nodejs": instance }`.
 */
export class KmipAccess extends pulumi.ComponentResource {
  /** The root key, where it is made here. */
  readonly rootKey?: RootKey;
  /** The adapter. */
  readonly adapter: KmipAdapter;
  /** The registrations, by the logical names of the clients. */
  readonly clientCertificates: Readonly<Record<string, KmipClientCertificate>>;
  /** Host at which the instance's region speaks KMIP. */
  readonly hostname: pulumi.Output<string>;
  /** Port of it. */
  readonly port: pulumi.Output<number>;

  constructor(name: string, args: KmipAccessArgs, opts: pulumi.ComponentResourceOptions = {}) {
    assertLoadable();
    refuseImportOfComponent("keyprotect.KmipAccess", name, opts);
    assertKnown(`keyprotect.KmipAccess "${name}"`, args, {
      instance: true,
      rootKey: true,
      clients: true,
      propagation: true,
    });
    super(componentTypeOf(KMIP_ACCESS), name, {}, followingTransforms(opts));
    const { instance, rootKey, clients, propagation } = args;
    const inside: pulumi.CustomResourceOptions = { parent: this, customTimeouts: opts.customTimeouts };
    if (rootKey === undefined) this.rootKey = new RootKey(name, { instance }, inside);
    this.adapter = new KmipAdapter(name, { instance, rootKey: this.rootKey ?? rootKey ?? "" }, inside);
    this.clientCertificates = Object.fromEntries(
      Object.entries(clients).map(([client, certificate]) => [
        client,
        new KmipClientCertificate(
          `${name}-${client}`,
          { instance, adapter: this.adapter, certificate, propagation },
          inside,
        ),
      ]),
    );
    this.hostname = this.adapter.kmipHostname;
    this.port = this.adapter.kmipPort;
    this.registerOutputs({ hostname: this.hostname, port: this.port });
  }
}
