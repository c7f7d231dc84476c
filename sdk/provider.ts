import * as pulumi from "@pulumi/pulumi";
import { given } from "./given";
import { assertKnown, isPlain, type Names } from "./known-arguments";
import { isNativePluginUsed } from "./native-plugin";
import { assertLoadable } from "./program-dependency";

/** How one cluster is reached. At most one of `caCertificate`, `fingerprint256` and `insecure` may be given. */
export interface ClusterConnection {
  /** The cluster's management address: `https://host[:port]`. The port is 443 when left out. */
  endpoint: pulumi.Input<string>;
  /** A cluster administrator: the key management methods need the access type `administrator`. */
  username: pulumi.Input<string>;
  /** Kept as a secret. */
  password: pulumi.Input<string>;
  /** CA certificates (PEM) that sign the cluster's TLS certificate. Default: the system's own. */
  caCertificate?: pulumi.Input<string>;
  /** SHA-256 fingerprint of the cluster's TLS certificate, in hex with or without colons. Works for IP addresses too. */
  fingerprint256?: pulumi.Input<string>;
  /** Accepts any TLS certificate: whoever sits on the path can read the password. Default `false`. */
  insecure?: pulumi.Input<boolean>;
}

/** How one Key Protect instance is reached. At most one of `caCertificate`, `fingerprint256` and `insecure` may be given. */
export interface KeyProtectInstanceConnection {
  /**
   * Address of the API in the instance's region: `https://REGION.kms.cloud.ibm.com`, `https://private.REGION.kms.cloud.ibm.com`,
   * or that of a dedicated instance.
   */
  endpoint: pulumi.Input<string>;
  /** The instance's GUID, or its CRN. */
  instance: pulumi.Input<string>;
  /** API key of a user or a service ID. Kept as a secret. */
  apiKey: pulumi.Input<string>;
  /** Where tokens are fetched. Default `https://iam.cloud.ibm.com`. */
  iamEndpoint?: pulumi.Input<string>;
  /** CA certificates (PEM) that sign the TLS certificate of IAM. Default: the system's own. */
  iamCaCertificate?: pulumi.Input<string>;
  /** Where the region speaks KMIP, `HOST` or `HOST:PORT`. Default: the API's host, and port 5696. */
  kmipEndpoint?: pulumi.Input<string>;
  /** CA certificates (PEM) that sign the API's TLS certificate. Default: the system's own. */
  caCertificate?: pulumi.Input<string>;
  /** SHA-256 fingerprint of the API's TLS certificate, in hex with or without colons. */
  fingerprint256?: pulumi.Input<string>;
  /** Accepts any TLS certificate of the API: whoever sits on the path can read the token. Default `false`. */
  insecure?: pulumi.Input<boolean>;
}

/** How one vCenter is reached. At most one of `caCertificate`, `fingerprint256` and `insecure` may be given. */
export interface VcenterConnection {
  /** The vCenter's address: `https://host[:port]`. The port is 443 when left out. */
  endpoint: pulumi.Input<string>;
  /** A user of single sign-on, such as `ekm@vsphere.local`. */
  username: pulumi.Input<string>;
  /** Kept as a secret. */
  password: pulumi.Input<string>;
  /** CA certificates (PEM) that sign the vCenter's TLS certificate. Default: the system's own. */
  caCertificate?: pulumi.Input<string>;
  /** SHA-256 fingerprint of the vCenter's TLS certificate, in hex with or without colons. */
  fingerprint256?: pulumi.Input<string>;
  /** Accepts any TLS certificate: whoever sits on the path can read the password. Default `false`. */
  insecure?: pulumi.Input<boolean>;
}

/** Arguments of {@link Provider}. */
export interface ProviderArgs {
  /** Connections to Element clusters, by the name that resources give as `cluster`. */
  clusters?: pulumi.Input<Record<string, pulumi.Input<ClusterConnection>>>;
  /** Connections to Key Protect instances, by the name that resources give as `instance`. */
  keyProtectInstances?: pulumi.Input<Record<string, pulumi.Input<KeyProtectInstanceConnection>>>;
  /** Connections to vCenters, by the name that resources give as `vcenter`. */
  vcenters?: pulumi.Input<Record<string, pulumi.Input<VcenterConnection>>>;
}

/**
 * An explicit provider instance: a process of its own with its own connections. Pass it to resources with the option
 * `provider`, or to a component with `providers: { "pulumi-nodejs": … }`; where the plugin serves the resources, `providers: { ekm: … }`.
 *
 * Without one, connections come from the environment (`EKM_CLUSTERS`, `EKM_KEY_PROTECT_INSTANCES`, `EKM_VCENTERS`) or from
 * the stack configuration (`ekm:clusters`, `ekm:keyProtectInstances`, `ekm:vcenters`).
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    assertLoadable();
    assertKnownConnections(name, args);
    const connections = Object.fromEntries(
      Object.entries(given(args)).map(([key, ofSystem]) => [key, pulumi.secret(ofSystem)]),
    );
    super(isNativePluginUsed() ? "ekm" : "pulumi-nodejs", name, connections, opts);
    Object.defineProperty(this, CONNECTIONS, { value: connections });
  }
}

/** Where an instance keeps its connections for look-ups. The same in each copy of this module. */
const CONNECTIONS = Symbol.for("pulumi-ekm.Provider.connections");

/**
 * The connections to systems of one kind of the provider instance that a look-up is to use, as Pulumi's own functions find
 * theirs: the instance that is given, or that of the parent.
 */
export function connectionsOf(
  configurationKey: string,
  { provider, parent }: pulumi.InvokeOptions,
): pulumi.Output<unknown> | undefined {
  const instance =
    provider ?? parent?.getProvider(isNativePluginUsed() ? "ekm:index:Resource" : "pulumi-nodejs:dynamic:Resource");
  const { [CONNECTIONS]: connections } = (instance ?? {}) as Held;
  if (provider !== undefined && connections === undefined) {
    throw new pulumi.RunError(
      'the option "provider" of a look-up takes an instance of this package: new ekm.Provider(…)',
    );
  }
  return connections?.[configurationKey];
}

interface Held {
  [CONNECTIONS]?: Readonly<Record<string, pulumi.Output<unknown>>>;
}

function assertKnownConnections(name: string, args: ProviderArgs): void {
  const owner = `ekm.Provider "${name}"`;
  assertKnown(owner, args, { clusters: true, keyProtectInstances: true, vcenters: true });
  for (const [key, names] of Object.entries(SETTINGS)) {
    const ofSystem: unknown = args[key as keyof ProviderArgs];
    const connections = isPlain(ofSystem) ? Object.entries(ofSystem) : [];
    for (const [each, connection] of connections) assertKnown<object>(owner, connection, names, `${key}.${each}`);
  }
}

const TLS = { caCertificate: true, fingerprint256: true, insecure: true } as const;

const SETTINGS: { [Key in keyof Required<ProviderArgs>]: Readonly<Record<string, true>> } = {
  clusters: { endpoint: true, username: true, password: true, ...TLS } satisfies Names<ClusterConnection>,
  keyProtectInstances: {
    endpoint: true,
    instance: true,
    apiKey: true,
    iamEndpoint: true,
    iamCaCertificate: true,
    kmipEndpoint: true,
    ...TLS,
  } satisfies Names<KeyProtectInstanceConnection>,
  vcenters: { endpoint: true, username: true, password: true, ...TLS } satisfies Names<VcenterConnection>,
};
