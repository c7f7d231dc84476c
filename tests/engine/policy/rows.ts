import { issue, makeAuthority } from "../../kit/certificates";
import type { Openssl } from "../../kit/openssl";

/** A resource of the test's program. */
export interface Declaration {
  type: string;
  name: string;
  args: Record<string, unknown>;
  protect?: boolean;
  /** Of an explicit provider instance. */
  connection?: object;
}

/** A rule that looks at what is declared, with a declaration that breaks it and one that does not. */
export interface Row {
  rule: string;
  level: "advisory" | "mandatory";
  /** Where the violation is shown. Default: on the declaration, which has the rule's name. */
  place?: string;
  violating: Omit<Declaration, "name">;
  compliant: Omit<Declaration, "name">;
}

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);
/** Nobody connects to it in a preview. */
const UNUSED = { endpoint: "https://127.0.0.1:9", username: "admin", password: "unused" };
const PINNED = { ...UNUSED, fingerprint256: "ab".repeat(32) };

const authority = makeAuthority({ notAfter: inDays(3000) });

const certificate = (from: number, to: number) =>
  issue(authority, { commonName: "storage", usage: "client", notBefore: inDays(from), notAfter: inDays(to) }).cert;
const clientCertificate = certificate(-10, 100);

const keyServer = (args: object = {}) => ({
  type: "element.KeyServer",
  args: {
    hostnames: ["kms1.example.com", "kms2.example.com"],
    caCertificate: authority.certificate,
    clientCertificate,
    ...args,
  },
});
/** A cluster has one, so each has a cluster's name of its own. */
const masterKey = (cluster: string, args: object = {}, more: object = {}) => ({
  type: "element.MasterKey",
  args: { cluster, keyProvider: "1", onDelete: "keep", ...args },
  ...more,
});
const hardwareEncryption = (args: object) => ({
  type: "element.HardwareEncryption",
  args: { cluster: "default", ...args },
});
const UUID = "5f0c7d3e-0000-4000-8000-000000000001";
/** Nobody connects to it in a preview. */
const INSTANCE = {
  endpoint: "https://127.0.0.1:9",
  instance: UUID,
  apiKey: "unused",
  fingerprint256: PINNED.fingerprint256,
};
const keyProtect = (type: string, args: object) => ({
  type: `keyprotect.${type}`,
  args: { instance: "unused", ...args },
  connection: INSTANCE,
});
const vcenterProvider = (args: object = {}, connection: object = PINNED) => ({
  type: "vsphere.KeyProvider",
  args: {
    vcenter: "unused",
    servers: [{ hostname: "kms1.example.com" }],
    trustedServers: [PINNED.fingerprint256],
    ...args,
  },
  connection,
});
const keyProvider = (cluster: string, connection?: object) => ({
  type: "element.KeyProvider",
  args: { cluster },
  connection,
});

export const rows = (openssl: Openssl): Row[] => [
  {
    rule: "certificate-key-size",
    level: "mandatory",
    violating: keyServer({ caCertificate: openssl.selfSigned("rsa1024", "/CN=Small", "-days", "3000").certificate }),
    compliant: keyServer(),
  },
  {
    rule: "certificate-remaining-days",
    level: "advisory",
    violating: keyServer({ clientCertificate: certificate(-300, 20) }),
    compliant: keyServer({ clientCertificate: certificate(-300, 40) }),
  },
  {
    rule: "certificate-signature",
    level: "mandatory",
    violating: keyServer({ caCertificate: forgeable(openssl) + authority.certificate }),
    compliant: keyServer({ caCertificate: authority.certificate + authority.certificate }),
  },
  {
    rule: "client-certificate-lifetime",
    level: "advisory",
    violating: keyServer({ clientCertificate: certificate(-10, 700) }),
    compliant: keyServer({ clientCertificate: certificate(-10, 380) }),
  },
  {
    rule: "cluster-connection-from-environment",
    level: "advisory",
    place: "default",
    violating: keyProvider("environment"),
    compliant: keyProvider("east", PINNED),
  },
  {
    rule: "cluster-tls-verification",
    level: "mandatory",
    violating: keyProvider("lab", { ...UNUSED, insecure: true }),
    compliant: keyProvider("lab", PINNED),
  },
  {
    rule: "hardware-encryption-internal",
    level: "advisory",
    violating: hardwareEncryption({}),
    compliant: hardwareEncryption({ keyProvider: "1" }),
  },
  {
    rule: "key-server-ip-literal",
    level: "advisory",
    violating: keyServer({ hostnames: ["192.0.2.1", "kms2.example.com"] }),
    compliant: keyServer(),
  },
  {
    rule: "key-server-single-host",
    level: "advisory",
    violating: keyServer({ hostnames: ["kms1.example.com"] }),
    compliant: keyServer(),
  },
  {
    rule: "key-server-unpinned",
    level: "advisory",
    violating: {
      type: "vsphere.KeyProviderTrust",
      args: { vcenter: "unused", keyProvider: "kms" },
      connection: PINNED,
    },
    compliant: { ...vcenterProvider(), type: "vsphere.ExternalKeyManagement" },
  },
  {
    rule: "kmip-adapter-deletion",
    level: "advisory",
    violating: keyProtect("KmipAdapter", { rootKey: UUID, onDelete: "destroyKeys" }),
    compliant: keyProtect("KmipAdapter", { rootKey: UUID }),
  },
  {
    rule: "master-key-deletion",
    level: "advisory",
    violating: masterKey("deletion", { onDelete: undefined }),
    compliant: masterKey("deletion", { onDelete: undefined }, { protect: true }),
  },
  {
    rule: "master-key-internal",
    level: "advisory",
    violating: masterKey("internal", { keyProvider: undefined }),
    compliant: masterKey("internal"),
  },
  {
    rule: "root-key-deletion",
    level: "advisory",
    violating: keyProtect("RootKey", { onDelete: "delete" }),
    compliant: keyProtect("RootKey", {}),
  },
  {
    rule: "trust-authority-removed",
    level: "advisory",
    violating: {
      ...vcenterProvider({ trustAuthorityCluster: "domain-c8", primaryKeyID: "8", onDelete: "keep" }),
      type: "vsphere.TrustedKeyProvider",
    },
    compliant: vcenterProvider(),
  },
  {
    rule: "vcenter-connection-from-environment",
    level: "advisory",
    place: "default",
    violating: { ...vcenterProvider({ vcenter: "environment" }), connection: undefined },
    compliant: vcenterProvider(),
  },
  {
    rule: "vcenter-tls-verification",
    level: "mandatory",
    violating: vcenterProvider({}, { ...UNUSED, insecure: true }),
    compliant: vcenterProvider(),
  },
];

/** An authority below a root, signed with SHA-1. */
function forgeable(openssl: Openssl): string {
  const root = openssl.selfSigned("rsa2048", "/CN=Root", "-days", "3000");
  const request = openssl.request(openssl.key("rsa2048"), "/CN=Forgeable");
  return openssl.sign(request, root, "basicConstraints = critical, CA:TRUE", "-sha1", "-days", "3000");
}

/**
 * The connections that the rows' clusters have, where they bring none of their own. One address would be one cluster, which
 * has one master key.
 */
export const CONNECTIONS = {
  default: PINNED,
  deletion: { ...PINNED, endpoint: "https://127.0.0.1:10" },
  internal: { ...PINNED, endpoint: "https://127.0.0.1:11" },
};
export const FROM_ENVIRONMENT = { environment: PINNED };
