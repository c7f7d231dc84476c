import * as pulumi from "@pulumi/pulumi";
import { assertKnown, isPlain, type Names } from "./known-arguments";
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

/** Arguments of {@link Provider}. */
export interface ProviderArgs {
  /** Connections by the name that resources give as `cluster`. */
  clusters: pulumi.Input<Record<string, pulumi.Input<ClusterConnection>>>;
}

/**
 * An explicit provider instance: a process of its own with its own connections. Pass it to resources with the option
 * `provider`, or to a component with `providers: { "pulumi-nodejs": … }`.
 *
 * Without one, connections come from `EKM_CLUSTERS` in the environment or `ekm:clusters` in the stack configuration.
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    assertLoadable();
    assertKnownConnections(name, args);
    const clusters = pulumi.secret(args.clusters);
    super("pulumi-nodejs", name, { clusters }, opts);
    Object.defineProperty(this, CLUSTERS, { value: clusters });
  }
}

/** Where an instance keeps its connections for look-ups. The same in each copy of this module. */
const CLUSTERS = Symbol.for("pulumi-ekm.Provider.clusters");

export type Clusters = pulumi.UnwrappedObject<Record<string, ClusterConnection>>;

/**
 * The connections of the provider instance that a look-up is to use, as Pulumi's own functions find theirs: the one that is
 * given, or that of the parent.
 */
export function clustersOf({ provider, parent }: pulumi.InvokeOptions): pulumi.Output<Clusters> | undefined {
  const instance = provider ?? parent?.getProvider("pulumi-nodejs:dynamic:Resource");
  const { [CLUSTERS]: clusters } = (instance ?? {}) as { [CLUSTERS]?: pulumi.Output<Clusters> };
  if (provider !== undefined && clusters === undefined) {
    throw new pulumi.RunError(
      'the option "provider" of a look-up takes an instance of this package: new ekm.Provider(…)',
    );
  }
  return clusters;
}

function assertKnownConnections(name: string, args: ProviderArgs): void {
  const owner = `ekm.Provider "${name}"`;
  assertKnown(owner, args, { clusters: true });
  const clusters = isPlain(args.clusters) ? Object.entries(args.clusters) : [];
  for (const [cluster, connection] of clusters) assertKnown(owner, connection, CONNECTION, `clusters.${cluster}`);
}

const CONNECTION: Names<ClusterConnection> = {
  endpoint: true,
  username: true,
  password: true,
  caCertificate: true,
  fingerprint256: true,
  insecure: true,
};
