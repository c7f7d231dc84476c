// Made by "npm run generate" from the description of vsphere:TrustedKeyProvider in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { CertificateDescription } from "../../provider/pki";
import type { KeyServerAddress, ProxyServer } from "../../provider/systems/vsphere/observed/servers";
import type { MembersAsInputs } from "../members-as-inputs";
import { EkmResource, type Shape, typeOf } from "../resource";

/** Arguments of {@link TrustedKeyProvider}. */
export interface TrustedKeyProviderArgs {
  /**
   * Name of the vCenter's connection. A name that leads to a vCenter of another identity is refused.
   * @default "default"
   */
  vcenter?: pulumi.Input<string>;
  /** Id of the Trust Authority cluster, such as `domain-c8`. */
  trustAuthorityCluster: pulumi.Input<string>;
  /**
   * Name, by which vCenter knows it: another one is another provider, refused while the present one is in use. It must
   * be unique over all vCenters that share a key server.
   * @default the logical name with a short suffix derived from the URN
   */
  name?: pulumi.Input<string>;
  /**
   * The key servers of the provider, which replicate each other's keys. A change adds before it removes, so that
   * machines find their keys at any moment.
   */
  servers: pulumi.Input<pulumi.Input<MembersAsInputs<KeyServerAddress>>[]>;
  /**
   * The certificates that the key servers may present: SHA-256 fingerprints, or certificates (PEM). vCenter is told to
   * trust them and no other one: a certificate that is presented and not listed is refused, with what it says of
   * itself.
   */
  trustedServers: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * User name at the key servers, where they ask for one. A trusted provider cannot forget it: leaving it out later is
   * a replacement.
   */
  username?: pulumi.Input<string>;
  /**
   * Proxy between vCenter and the key servers. A trusted provider cannot forget it: leaving it out later is a
   * replacement.
   */
  proxy?: pulumi.Input<MembersAsInputs<ProxyServer>>;
  /**
   * How long vCenter waits for a key server, in seconds. A trusted provider cannot forget it: leaving it out later is a
   * replacement.
   * @default vCenter's own
   */
  connectionTimeout?: pulumi.Input<number>;
  /**
   * Password at the key servers. vCenter tells it to nobody: change `passwordVersion` where it was changed elsewhere.
   */
  password?: pulumi.Input<string>;
  /** Gives vCenter the password again when this text changes. */
  passwordVersion?: pulumi.Input<string>;
  /** `"match"`: take over the provider of the declared name, whoever has made it. Of use at the first create alone. */
  adopt?: pulumi.Input<"match">;
  /**
   * Id of the key at the key server under which the hosts' keys are wrapped; not its name. Another one is refused
   * unless `primaryKeyChange` allows it: what it does to machines that were encrypted before is not documented.
   */
  primaryKeyID: pulumi.Input<string>;
  /**
   * Whether `primaryKeyID` may change in place.
   * @default `"refuse"`
   */
  primaryKeyChange?: pulumi.Input<"refuse" | "allow">;
  /** For people. */
  description?: pulumi.Input<string>;
  /**
   * What a destroy does: leave the provider, for which the registration of its client certificate has to stay as well,
   * or delete it, once none of `workloadVcenters` uses it. It must be applied before the destroy.
   * @default "keep"
   */
  onDelete?: pulumi.Input<"keep" | "delete">;
  /**
   * Connections of the vCenters whose clusters may use the provider: a delete looks at each of them.
   * @default none
   */
  workloadVcenters?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * A trusted key provider of vSphere Trust Authority: hosts that are attested get keys from a set of KMIP key servers.
 * It is of use once a {@link KeyProviderTrust} says that the Trust Authority cluster and the servers trust each other.
 *
 * Trust Authority was removed in vSphere 9.0: use a {@link KeyProvider} there.
 *
 * Who uses it cannot be seen here, for its machines are on other vCenters: a destroy keeps it, unless told otherwise.
 *
 * API methods: `listKmsProviders`, `createKmsProvider`, `getKmsProvider`, `updateKmsProvider`, `deleteKmsProvider`,
 * `setKmsCredential`, `listCurrentPeerCerts`, `getTrustedPeerCerts`, `updateTrustedPeerCerts`; to see who uses it, on
 * each of `workloadVcenters` `ListKeys`, `QueryCryptoKeyStatus`, `RetrievePropertiesEx`; to remove what a run that was
 * cut off has made `getKmsClientCertificate`.
 * Errors: `EKM_API_VERSION`, `EKM_SERVER_CERTIFICATE`, `EKM_KEY_PROVIDER_IN_USE`, `EKM_EQUAL_OBJECT_EXISTS`,
 * `EKM_OBJECT_NOT_FOUND`, `EKM_PRIMARY_KEY_CHANGED`, `EKM_REPLACEMENT_REFUSED`, `EKM_TASK_FAILED`, `EKM_TASK_DEADLINE`.
 */
export class TrustedKeyProvider extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("vsphere:TrustedKeyProvider");

  /** Name of the vCenter's connection. */
  declare readonly vcenter: pulumi.Output<string>;
  /** Id of the Trust Authority cluster, such as `domain-c8`. */
  declare readonly trustAuthorityCluster: pulumi.Output<string>;
  /** Name of the provider. */
  declare readonly name: pulumi.Output<string>;
  /** The key servers of the provider. */
  declare readonly servers: pulumi.Output<KeyServerAddress[]>;
  /** The certificates that vCenter trusts, as they were declared. */
  declare readonly trustedServers: pulumi.Output<string[]>;
  /**
   * User name at the key servers, where they ask for one. A trusted provider cannot forget it: leaving it out later is
   * a replacement.
   */
  declare readonly username: pulumi.Output<string | undefined>;
  /**
   * Proxy between vCenter and the key servers. A trusted provider cannot forget it: leaving it out later is a
   * replacement.
   */
  declare readonly proxy: pulumi.Output<ProxyServer | undefined>;
  /**
   * How long vCenter waits for a key server, in seconds. A trusted provider cannot forget it: leaving it out later is a
   * replacement.
   */
  declare readonly connectionTimeout: pulumi.Output<number | undefined>;
  /** Gives vCenter the password again when this text changes. */
  declare readonly passwordVersion: pulumi.Output<string | undefined>;
  /** Id of the primary key at the key server. */
  declare readonly primaryKeyID: pulumi.Output<string>;
  /** For people. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** What a destroy will do. */
  declare readonly onDelete: pulumi.Output<"keep" | "delete">;
  /** Connections of the vCenters whose clusters may use the provider: a delete looks at each of them. */
  declare readonly workloadVcenters: pulumi.Output<string[] | undefined>;
  /** vCenter trusts the certificates of all servers that could be reached. */
  declare readonly serversTrusted: pulumi.Output<boolean>;
  /** Identity of the vCenter: its `instanceUuid`. */
  declare readonly vcenterUuid: pulumi.Output<string>;
  /** How the vCenter's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** The certificates that the servers presented at the last look, in words. */
  declare readonly presentedCertificates: pulumi.Output<CertificateDescription[]>;
  /** Names of the servers that vCenter could not reach at the last look. */
  declare readonly unreachableServers: pulumi.Output<string[]>;

  constructor(name: string, args: TrustedKeyProviderArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts);
  }
}

const SHAPE: Shape = {
  token: "vsphere:TrustedKeyProvider",
  arguments: {
    vcenter: true,
    trustAuthorityCluster: true,
    name: true,
    servers: true,
    trustedServers: true,
    username: true,
    proxy: true,
    connectionTimeout: true,
    password: true,
    passwordVersion: true,
    adopt: true,
    primaryKeyID: true,
    primaryKeyChange: true,
    description: true,
    onDelete: true,
    workloadVcenters: true,
  },
  properties: [
    "vcenter",
    "trustAuthorityCluster",
    "name",
    "servers",
    "trustedServers",
    "username",
    "proxy",
    "connectionTimeout",
    "password",
    "passwordVersion",
    "adopt",
    "primaryKeyID",
    "primaryKeyChange",
    "description",
    "onDelete",
    "workloadVcenters",
    "serversTrusted",
    "vcenterUuid",
    "tlsVerification",
    "presentedCertificates",
    "unreachableServers",
  ],
  secrets: ["password"],
  deletesFirst: true,
};
