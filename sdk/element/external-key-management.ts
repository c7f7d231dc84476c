import * as pulumi from "@pulumi/pulumi";
import { componentTypeOf } from "../../provider/adapters/pulumi/resource-type";
import type { Subject } from "../../provider/pki";
import { EXTERNAL_KEY_MANAGEMENT } from "../../provider/systems/element/components";
import { given } from "../given";
import { refuseImportOfComponent } from "../import-option";
import { assertKnown, isPlain, type Names } from "../known-arguments";
import type { SignedCertificateArgs, Signer, SigningAuthority } from "../pki";
import { isAuthority, signBy } from "../pki/signer";
import { assertLoadable } from "../program-dependency";
import { followingTransforms } from "../timeouts";
import { CertificateSigningRequest } from "./certificate-signing-request";
import { KeyPair } from "./key-pair";
import { KeyProvider } from "./key-provider";
import { KeyServer, type KeyServerArgs } from "./key-server";
import { KeyServerAttachment } from "./key-server-attachment";
import { MasterKey, type MasterKeyArgs } from "./master-key";
import { takers } from "./wiring";

// The arguments of the resources inside that the component takes as its own.
const OF_KEY_SERVER = { hostnames: true, port: true, caCertificate: true, name: true } as const;
const OF_CLIENT_CERTIFICATE = { validityDays: true, earlyRenewalDays: true, renewalTriggers: true } as const;
const OF_MASTER_KEY = { rotationTriggers: true, maxAge: true, takeOver: true } as const;

/** The key server to use, and the name that the cluster shows of it. */
export type ExternalKeyManagementKeyServer = Pick<KeyServerArgs, keyof typeof OF_KEY_SERVER>;

/** The key provider of the key server. */
export interface ExternalKeyManagementKeyProvider {
  /**
   * Name of the key provider in this program. Key server, key provider and attachment take their logical names from it:
   * change it together with the key server to move to another key server without a gap. The new ones are made, the master
   * key is rekeyed, and only then are the old ones removed.
   * @default "primary"
   */
  logicalName?: string;
  /**
   * Name that the cluster shows of the key provider. Element cannot rename one: when it changes, change `logicalName` as
   * well, for a move. Default: a name that marks it as this program's own.
   */
  name?: pulumi.Input<string>;
}

/** How long a certificate is valid, and when it is renewed. */
export type ExternalKeyManagementClientCertificate = Pick<SignedCertificateArgs, keyof typeof OF_CLIENT_CERTIFICATE>;

/** When the master key must be new, and what a destroy does with it. */
export interface ExternalKeyManagementMasterKey extends Pick<MasterKeyArgs, keyof typeof OF_MASTER_KEY> {
  /**
   * `"internal"` brings the key back to internal keys and leaves everything else as it is, such as to replace the key
   * pair.
   * @default "external"
   */
  keyManagementType?: "external" | "internal";
  /**
   * `"internal"` brings the key back to internal keys; `"keep"` leaves it and retains provider, server and attachment.
   * What was kept is found again by the same program under the same names: of project, stack, component and
   * `keyProvider.logicalName`. Any other one, also after one of these was renamed, adopts it, resource by resource.
   * @default "internal"
   */
  onDelete?: "internal" | "keep";
}

/** Arguments of {@link ExternalKeyManagement}. */
export interface ExternalKeyManagementArgs {
  /**
   * Name of the cluster's connection.
   * @default "default"
   */
  cluster?: pulumi.Input<string>;
  /** The key server to use, with the hosts of all its nodes, and the name that the cluster shows of it. */
  keyServer: ExternalKeyManagementKeyServer;
  /** The names of the key provider. */
  keyProvider?: ExternalKeyManagementKeyProvider;
  /**
   * Who signs the cluster's request: an authority, such as a {@link CertificateAuthority} of this package, or, in a program for
   * Node, a function that declares the signing. It gets the request and gives the certificate, both as PEM texts.
   */
  signer: SigningAuthority | Signer;
  /** How long the certificate that an authority signs is valid, and when it is renewed. */
  clientCertificate?: ExternalKeyManagementClientCertificate;
  /** Subject of the cluster's key pair. Left out, an existing pair is taken as it is. */
  subject?: pulumi.Input<Subject>;
  /**
   * Makes a new key pair when this text changes, and has its request signed. Refused while a key provider is active: set
   * `masterKey.keyManagementType` to `"internal"` first, in a run of its own, and back afterwards.
   */
  regenerate?: pulumi.Input<string>;
  /** When the master key must be new, and what a destroy does with it. */
  masterKey?: ExternalKeyManagementMasterKey;
}

/**
 * The whole way from a cluster with internal keys to a master key on an external key server, in one declaration: key
 * pair, signing request, signed certificate, key server, key provider, attachment, master key. It adopts no servers and
 * providers that others have made: that is what the single resources are for.
 *
 * To give it another name, name the old one in the resource option `aliases: [{ name: "old" }]`: it carries all that is
 * inside.
 *
 * `customTimeouts` are those of each resource inside, unless a transformation, or a transform of the component, sets others.
 *
 * Pass an explicit provider instance with `providers: { "pulumi-nodejs": instance }`. What `registerResourceTransform` sets is
 * kept by Pulumi, and does not reach a dynamic provider.
 */
export class ExternalKeyManagement extends pulumi.ComponentResource {
  /** The cluster's key pair. */
  readonly keyPair: KeyPair;
  /** The request that the signer signs. */
  readonly certificateSigningRequest: CertificateSigningRequest;
  /** The cluster's client certificate (PEM). */
  readonly clientCertificate: pulumi.Output<string>;
  /** The key server. */
  readonly keyServer: KeyServer;
  /** The key provider. */
  readonly keyProvider: KeyProvider;
  /** The server's attachment to the provider. */
  readonly attachment: KeyServerAttachment;
  /** The master key. */
  readonly masterKey: MasterKey;

  constructor(name: string, args: ExternalKeyManagementArgs, opts: pulumi.ComponentResourceOptions = {}) {
    assertLoadable();
    refuseImportOfComponent("element.ExternalKeyManagement", name, opts);
    refuseNamesOfKeyProvider(name, args);
    assertKnown(`element.ExternalKeyManagement "${name}"`, args, ARGUMENTS);
    refuseCertificateOfOthers(name, args);
    refuseOtherKeyManagement(name, args);
    super(componentTypeOf(EXTERNAL_KEY_MANAGEMENT), name, {}, followingTransforms(opts));
    const { cluster } = given(args);
    const { logicalName = "primary", name: keyProviderName } = given(args.keyProvider);
    const { keyManagementType = "external", ...masterKey } = given(args.masterKey);
    if (masterKey.takeOver !== undefined) takers.set(this, masterKey.takeOver);
    const inside: pulumi.CustomResourceOptions = { parent: this, customTimeouts: opts.customTimeouts };
    const held = { ...inside, retainOnDelete: masterKey.onDelete === "keep" };
    const providerName = `${name}-${logicalName}`;

    this.keyPair = new KeyPair(name, { cluster, subject: args.subject, regenerate: args.regenerate }, inside);
    this.certificateSigningRequest = new CertificateSigningRequest(name, { keyPair: this.keyPair }, inside);
    const signing = { ...given(args.clientCertificate), certificateSigningRequest: this.certificateSigningRequest.pem };
    this.clientCertificate = pulumi.output(signBy(args.signer, name, signing, inside));
    this.keyServer = new KeyServer(
      providerName,
      {
        ...args.keyServer,
        cluster,
        clientCertificate: this.clientCertificate,
        publicKeyFingerprint: this.keyPair.publicKeyFingerprint,
      },
      held,
    );
    // A key pair that is refused leaves nothing made.
    this.keyProvider = new KeyProvider(
      providerName,
      { cluster, name: keyProviderName },
      { ...held, dependsOn: this.keyPair },
    );
    this.attachment = new KeyServerAttachment(
      providerName,
      { keyProvider: this.keyProvider, keyServer: this.keyServer },
      held,
    );
    const attachment = keyManagementType === "external" ? this.attachment : undefined;
    // Also while the key is internal: a destroy that brings back what a run was cut off in must come before it detaches.
    this.masterKey = new MasterKey(
      name,
      { ...masterKey, cluster, attachment },
      { ...inside, dependsOn: this.attachment },
    );
    this.registerOutputs({ keyID: this.masterKey.keyID });
  }
}

const ARGUMENTS: Names<ExternalKeyManagementArgs> = {
  cluster: true,
  keyServer: OF_KEY_SERVER,
  keyProvider: { logicalName: true, name: true } satisfies Names<ExternalKeyManagementArgs["keyProvider"]>,
  signer: true,
  clientCertificate: OF_CLIENT_CERTIFICATE,
  subject: true,
  regenerate: true,
  masterKey: {
    ...OF_MASTER_KEY,
    keyManagementType: true,
    onDelete: true,
  } satisfies Names<ExternalKeyManagementArgs["masterKey"]>,
};

/** Resources have their logical names before any output is known. */
function refuseNamesOfKeyProvider(name: string, { keyProvider }: ExternalKeyManagementArgs): void {
  if (keyProvider === undefined || keyProvider === null) return;
  const given: unknown = isPlain(keyProvider) ? (keyProvider.logicalName ?? "") : undefined;
  if (typeof given === "string") return;
  const logicalName = typeof keyProvider === "string" ? JSON.stringify(keyProvider) : "TEXT";
  throw new pulumi.RunError(
    `element.ExternalKeyManagement "${name}": keyProvider is an object with names of the key provider: give keyProvider: ` +
      `{ logicalName: ${logicalName} }`,
  );
}

/** It decides which resources there are, before any of them is checked. */
function refuseOtherKeyManagement(name: string, { masterKey }: ExternalKeyManagementArgs): void {
  const { keyManagementType = "external" } = given(masterKey);
  if (["external", "internal"].includes(keyManagementType)) return;
  throw new pulumi.RunError(
    `element.ExternalKeyManagement "${name}": masterKey.keyManagementType must be "external" or "internal"`,
  );
}

function refuseCertificateOfOthers(name: string, { signer, clientCertificate }: ExternalKeyManagementArgs): void {
  if (isAuthority(signer) || clientCertificate === undefined || clientCertificate === null) return;
  throw new pulumi.RunError(
    `element.ExternalKeyManagement "${name}": clientCertificate is for a signer that is an authority; a ` +
      "function that signs says itself how long its certificate is valid, and when it is renewed",
  );
}
