import * as pulumi from "@pulumi/pulumi";
import { componentTypeOf } from "../../provider/adapters/pulumi/resource-type";
import { VSPHERE_KEY_MANAGEMENT } from "../../provider/systems/vsphere/components";
import { given } from "../given";
import { refuseImportOfComponent } from "../import-option";
import { assertKnown, type Names } from "../known-arguments";
import type { Signer, SigningAuthority } from "../pki";
import { signBy } from "../pki/signer";
import { assertLoadable } from "../program-dependency";
import { followingTransforms } from "../timeouts";
import { CertificateSigningRequest } from "./certificate-signing-request";
import { ClientCertificate } from "./client-certificate";
import { DefaultKeyProvider } from "./default-key-provider";
import { KeyProvider, type KeyProviderArgs } from "./key-provider";
import { KeyProviderTrust } from "./key-provider-trust";
import { TrustedKeyProvider, type TrustedKeyProviderArgs } from "./trusted-key-provider";

/** Declares what makes a certificate (PEM) known to the key server, and gives it: the trust waits for that. */
export type Register = (certificate: pulumi.Output<string>) => pulumi.Resource | readonly pulumi.Resource[];

const OF_PROVIDER = {
  vcenter: true,
  servers: true,
  trustedServers: true,
  username: true,
  password: true,
  passwordVersion: true,
  proxy: true,
  connectionTimeout: true,
} as const;

const OF_TRUSTED = {
  trustAuthorityCluster: true,
  primaryKeyID: true,
  primaryKeyChange: true,
  description: true,
  onDelete: true,
  workloadVcenters: true,
} as const;

/** What makes the provider a trusted one. */
export type TrustAuthority = Pick<TrustedKeyProviderArgs, keyof typeof OF_TRUSTED>;

/** Arguments of {@link ExternalKeyManagement}. */
export interface ExternalKeyManagementArgs extends Pick<KeyProviderArgs, keyof typeof OF_PROVIDER> {
  /**
   * Logical name of the key provider in this program, and of all that belongs to it. Change it together with the servers to move
   * to others without a gap: the new chain is made, machines are moved to it, and then the old one is removed.
   * @default "primary"
   */
  logicalName?: string;
  /** Name of the provider in vCenter. Default: a name that marks it as this program's own. */
  name?: pulumi.Input<string>;
  /** Makes it a trusted provider of this Trust Authority cluster. Left out, it is a standard one. */
  trustAuthority?: TrustAuthority;
  /**
   * Who signs the request for the client certificate: an authority, such as a {@link CertificateAuthority} of this package, or, in
   * a program for Node, a function that declares the signing. Left out, vCenter makes and signs a certificate itself, which
   * `register` makes known to the key servers.
   */
  signer?: SigningAuthority | Signer;
  /** Makes a new certificate, or a new request, when this text changes. */
  regenerate?: pulumi.Input<string>;
  /** The client certificate (PEM), where vCenter is to make none. */
  certificate?: pulumi.Input<string>;
  /** Its private key (PEM). */
  privateKey?: pulumi.Input<string>;
  /** Makes the client certificate known to the key servers, where these do not know who signed it. */
  register?: Register;
  /**
   * Makes the provider the default of the vCenter, where it is a standard one.
   * @default true
   */
  makeDefault?: boolean;
}

/**
 * The whole way from a vCenter without a key server to keys from one, in one declaration: key provider with its servers and
 * their pinned certificates, client certificate, trust both ways, and the default.
 *
 * Pass an explicit provider instance with `providers: { "pulumi-nodejs": instance }`.
 */
export class ExternalKeyManagement extends pulumi.ComponentResource {
  /** The key provider. */
  readonly keyProvider: KeyProvider | TrustedKeyProvider;
  /** The client certificate that vCenter presents (PEM). */
  readonly clientCertificate: pulumi.Output<string>;
  /** That provider and servers trust each other. */
  readonly trust: KeyProviderTrust;
  /** The default, where it is made here. */
  readonly default?: DefaultKeyProvider;

  constructor(name: string, args: ExternalKeyManagementArgs, opts: pulumi.ComponentResourceOptions = {}) {
    assertLoadable();
    refuseImportOfComponent("vsphere.ExternalKeyManagement", name, opts);
    assertKnown(`vsphere.ExternalKeyManagement "${name}"`, args, ARGUMENTS);
    refuseSeveralWays(name, given(args));
    super(componentTypeOf(VSPHERE_KEY_MANAGEMENT), name, {}, followingTransforms(opts));
    const { logicalName = "primary", trustAuthority, makeDefault = true, ...others } = given(args);
    const { signer, regenerate, certificate, privateKey, register, ...shared } = others;
    const inside: pulumi.CustomResourceOptions = { parent: this, customTimeouts: opts.customTimeouts };
    const chain = `${name}-${logicalName}`;
    this.keyProvider =
      trustAuthority === undefined
        ? new KeyProvider(chain, shared, inside)
        : new TrustedKeyProvider(chain, { ...shared, ...given(trustAuthority) }, inside);
    this.clientCertificate = pulumi.output(certificate ?? this.certified(chain, { signer, regenerate }, inside));
    const registered = register?.(this.clientCertificate) ?? [];
    this.trust = new KeyProviderTrust(
      chain,
      { keyProvider: this.keyProvider, certificate: this.clientCertificate, privateKey },
      pulumi.mergeOptions(inside, { dependsOn: [registered].flat() }),
    );
    if (makeDefault && trustAuthority === undefined) {
      this.default = new DefaultKeyProvider(name, { keyProvider: this.trust }, inside);
    }
    this.registerOutputs({ clientCertificate: this.clientCertificate });
  }

  private certified(
    chain: string,
    { signer, regenerate }: Pick<ExternalKeyManagementArgs, "signer" | "regenerate">,
    inside: pulumi.CustomResourceOptions,
  ): pulumi.Input<string> {
    const { keyProvider } = this;
    if (signer === undefined) return new ClientCertificate(chain, { keyProvider, regenerate }, inside).certificate;
    const request = new CertificateSigningRequest(chain, { keyProvider, regenerate }, inside);
    return signBy(signer, chain, { certificateSigningRequest: request.pem }, inside);
  }
}

const ARGUMENTS: Names<ExternalKeyManagementArgs> = {
  ...OF_PROVIDER,
  logicalName: true,
  name: true,
  trustAuthority: OF_TRUSTED,
  signer: true,
  regenerate: true,
  certificate: true,
  privateKey: true,
  register: true,
  makeDefault: true,
};

/** One way alone by which vCenter proves itself. */
function refuseSeveralWays(
  name: string,
  { signer, certificate, privateKey, regenerate }: ExternalKeyManagementArgs,
): void {
  const complaint =
    (certificate === undefined) !== (privateKey === undefined)
      ? "certificate and privateKey belong together: give both or none"
      : certificate !== undefined && (signer !== undefined || regenerate !== undefined)
        ? "a certificate with its privateKey leaves nothing to sign or to make: leave out signer and regenerate"
        : undefined;
  if (complaint !== undefined) throw new pulumi.RunError(`vsphere.ExternalKeyManagement "${name}": ${complaint}`);
}
