// Made by "npm run generate" from the description of vsphere:KeyProvider in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { CertificateDescription } from "../../provider/pki";
import type { KeyServerAddress, ProxyServer } from "../../provider/systems/vsphere/observed/servers";
import type { MembersAsInputs } from "../members-as-inputs";
import { EkmResource, type Shape, typeOf } from "../resource";

/** Arguments of {@link KeyProvider}. */
export interface KeyProviderArgs {
  /**
   * Name of the vCenter's connection. A name that leads to a vCenter of another identity is refused.
   * @default "default"
   */
  vcenter?: pulumi.Input<string>;
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
  /** User name at the key servers, where they ask for one. */
  username?: pulumi.Input<string>;
  /** Proxy between vCenter and the key servers. */
  proxy?: pulumi.Input<MembersAsInputs<ProxyServer>>;
  /**
   * How long vCenter waits for a key server, in seconds.
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
}

/**
 * A standard key provider: a set of KMIP key servers from which a vCenter gives its hosts keys. It is of use once a
 * {@link KeyProviderTrust} says that vCenter and the servers trust each other.
 *
 * Deleting it is refused while it is the default, or a virtual machine or a host has a key of it: they could not be
 * started again. vCenter destroys no key: those that it has made stay at the key servers.
 *
 * API methods: `RegisterKmipServer`, `UpdateKmipServer`, `RemoveKmipServer`, `UnregisterKmsCluster`, `ListKmipServers`,
 * `RetrieveKmipServerCert`, `UploadKmipServerCert`; to see who uses it `ListKeys`, `QueryCryptoKeyStatus`,
 * `RetrievePropertiesEx`.
 * Errors: `EKM_SERVER_CERTIFICATE`, `EKM_KEY_PROVIDER_IN_USE`, `EKM_KEY_PROVIDER_DEFAULT`, `EKM_EQUAL_OBJECT_EXISTS`,
 * `EKM_OBJECT_NOT_FOUND`, `EKM_REPLACEMENT_REFUSED`.
 */
export class KeyProvider extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("vsphere:KeyProvider");

  /** Name of the vCenter's connection. */
  declare readonly vcenter: pulumi.Output<string>;
  /** Name of the provider. */
  declare readonly name: pulumi.Output<string>;
  /** The key servers of the provider. */
  declare readonly servers: pulumi.Output<KeyServerAddress[]>;
  /** The certificates that vCenter trusts, as they were declared. */
  declare readonly trustedServers: pulumi.Output<string[]>;
  /** User name at the key servers, where they ask for one. */
  declare readonly username: pulumi.Output<string | undefined>;
  /** Proxy between vCenter and the key servers. */
  declare readonly proxy: pulumi.Output<ProxyServer | undefined>;
  /** How long vCenter waits for a key server, in seconds. */
  declare readonly connectionTimeout: pulumi.Output<number | undefined>;
  /** Gives vCenter the password again when this text changes. */
  declare readonly passwordVersion: pulumi.Output<string | undefined>;
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

  constructor(name: string, args: KeyProviderArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts);
  }
}

const SHAPE: Shape = {
  token: "vsphere:KeyProvider",
  arguments: {
    vcenter: true,
    name: true,
    servers: true,
    trustedServers: true,
    username: true,
    proxy: true,
    connectionTimeout: true,
    password: true,
    passwordVersion: true,
    adopt: true,
  },
  properties: [
    "vcenter",
    "name",
    "servers",
    "trustedServers",
    "username",
    "proxy",
    "connectionTimeout",
    "password",
    "passwordVersion",
    "adopt",
    "serversTrusted",
    "vcenterUuid",
    "tlsVerification",
    "presentedCertificates",
    "unreachableServers",
  ],
  secrets: ["password"],
  deletesFirst: true,
};
