import { issue, makeAuthority } from "../../kit/certificates";
import { lastingAuthority } from "../acceptance/lab";
import { matrix } from "./matrix";
import type { Failed, Row, Unchanged } from "./row";
import { VcenterSite } from "./vcenter-site";

const STANDARD = ["standard", "standard-request", "standard-trust", "default"];
const TRUSTED = ["trusted", "trusted-request", "trusted-trust"];

/** What a key server presents that nobody declares, and whoever lets in clients that nobody knows. */
const stranger = issue(makeAuthority(), { commonName: "stranger", usage: "server" }).cert;
const elsewhere = lastingAuthority("Elsewhere");

/** The name that vCenter has for a server of the standard provider. */
const serverName = ({ vcenter }: VcenterSite, number: number): string =>
  vcenter.simulator.state().kmsClusters[0]?.servers[number]?.name ?? "";

/** The properties of a certificate that is signed anew. */
const RENEWED = ["certificateSigningRequest", "publicKeyFingerprint", "subject"];

/** Key servers are as they were. */
const backToNormal = async ({ backwards }: VcenterSite): Promise<void> => {
  for (const back of backwards.splice(0)) await back();
};

const rows = (some: Omit<Row<VcenterSite>, "from">[]): Row<VcenterSite>[] =>
  some.map((row) => ({ ...row, from: "healthy" }));

/** What the picture has of a provider that was made again: a client certificate of its own. */
const certifiedAnew = ({ providers, ...others }: ReturnType<VcenterSite["picture"]>) => ({
  ...others,
  providers: providers.map((provider) => ({ ...provider, clientCertificate: expect.any(String) })),
});

/** What a refresh finds of trust in a server that cannot be used. */
const UNHEALTHY = ["health", "healthy", "serverHealth"];

const CHANGES = rows([
  {
    change: "somebody deletes the standard provider",
    because:
      "The client certificate is another one, which key servers have to learn where they do not trust its authority.",
    make: (site) => site.somebody("deleteProvider", { provider: site.standard }),
    found: { standard: "gone", "standard-request": "gone", "standard-trust": "gone", default: "gone" },
    planned: {
      ...{ standard: "create", "standard-request": "create", "standard-trust": "create", default: "create" },
      "standard-certificate": RENEWED,
    },
    up: {
      decision: "restored",
      writes: [
        "RegisterKmipServer",
        "UploadKmipServerCert",
        "RegisterKmipServer",
        "UploadKmipServerCert",
        "GenerateClientCsr",
        "UpdateKmsSignedCsrClientCert",
        "SetDefaultKmsCluster",
      ],
      left: certifiedAnew,
    },
  },
  {
    change: "somebody deletes the trusted provider",
    make: (site) => site.somebody("deleteProvider", { provider: site.trusted }),
    found: { trusted: "gone", "trusted-request": "gone", "trusted-trust": "gone" },
    planned: {
      ...{ trusted: "create", "trusted-request": "create", "trusted-trust": "create" },
      "trusted-certificate": RENEWED,
    },
    up: {
      decision: "restored",
      writes: [
        "createKmsProvider",
        "updateKmsProvider",
        "updateTrustedPeerCerts",
        "createKmsCsr",
        "updateKmsClientCertificate",
      ],
      left: certifiedAnew,
    },
  },
  {
    change: "somebody removes a server",
    because: "Trust is waited for again once it is back.",
    make: (site) => site.somebody("removeServer", { provider: site.standard, server: serverName(site, 1) }),
    found: { standard: ["presentedCertificates", "servers"], "standard-trust": ["serverHealth"] },
    planned: { standard: ["servers"], "standard-trust": [] },
    up: { decision: "restored", writes: ["RegisterKmipServer"] },
  },
  {
    change: "somebody adds a server",
    make: (site) => {
      const port = site.servers[2]?.port;
      return site.somebody("addServer", { provider: site.standard, server: "by-hand", host: "127.0.0.1", port });
    },
    found: {
      standard: ["presentedCertificates", "servers", "serversTrusted"],
      "standard-trust": UNHEALTHY,
    },
    planned: { standard: ["servers", "serversTrusted"], "standard-trust": ["healthy"] },
    up: { decision: "restored", writes: ["RemoveKmipServer"] },
  },
  {
    change: "somebody points a server at another address",
    make: (site) => {
      const port = site.servers[2]?.port;
      return site.somebody("moveServer", { provider: site.standard, server: serverName(site, 1), port });
    },
    found: {
      standard: ["presentedCertificates", "servers", "serversTrusted"],
      "standard-trust": UNHEALTHY,
    },
    planned: { standard: ["servers", "serversTrusted"], "standard-trust": ["healthy"] },
    up: { decision: "restored", writes: ["UpdateKmipServer"] },
  },
  {
    change: "somebody lets the trusted provider trust another certificate",
    make: (site) => site.somebody("trustCertificate", { provider: site.trusted, certificate: stranger }),
    found: { trusted: ["trustedServers"] },
    planned: { trusted: ["trustedServers"] },
    up: { decision: "restored", writes: ["updateTrustedPeerCerts"] },
  },
  {
    change: "somebody takes the trust in the servers away",
    make: (site) => site.somebody("untrustCertificate", { provider: site.trusted }),
    found: { trusted: ["serversTrusted"], "trusted-trust": UNHEALTHY },
    planned: { trusted: ["serversTrusted"], "trusted-trust": ["healthy"] },
    up: { decision: "restored", writes: ["updateTrustedPeerCerts"] },
  },
  {
    change: "somebody has another request made",
    because: "vCenter keeps one key for it: that of the request which was signed is gone.",
    make: (site) => site.somebody("makeSigningRequest", { provider: site.standard }),
    found: { "standard-request": ["pem", "publicKeyFingerprint"] },
    planned: {
      "standard-request": [],
      "standard-certificate": RENEWED,
      "standard-trust": ["certificate", "certificateDescription", "publicKeyFingerprint"],
    },
    up: { decision: "refused", on: "standard-request", code: "EKM_CLIENT_KEY_REPLACED" },
  },
  {
    change: "somebody has vCenter make a client certificate, which it uses at once",
    make: (site) => site.somebody("generateClientCertificate", { provider: site.trusted }),
    found: { "trusted-trust": ["certificate", "certificateDescription", ...UNHEALTHY] },
    planned: { "trusted-trust": ["certificate", "certificateDescription", "healthy"] },
    up: { decision: "restored", writes: ["updateKmsClientCertificate"] },
  },
  {
    change: "somebody changes the primary key's ID",
    because: "What that does to machines which were encrypted before is not documented.",
    make: (site) => site.somebody("changePrimaryKey", { provider: site.trusted, primaryKeyID: "9" }),
    found: { trusted: ["primaryKeyID"] },
    planned: { trusted: ["primaryKeyID"] },
    up: { decision: "refused", on: "trusted", code: "EKM_PRIMARY_KEY_CHANGED" },
  },
  {
    change: "somebody gives the provider a description",
    make: (site) => site.somebody("changeDescription", { provider: site.trusted, description: "by hand" }),
    found: { trusted: ["description"] },
    planned: { trusted: ["description"] },
    up: { decision: "restored", writes: ["updateKmsProvider"] },
  },
  {
    change: "somebody gives the servers a user name",
    make: (site) => site.somebody("changeUserName", { provider: site.standard, userName: "by-hand" }),
    found: { standard: ["username"] },
    planned: { standard: ["username"] },
    up: { decision: "restored", writes: ["UpdateKmipServer", "UpdateKmipServer"] },
  },
  {
    change: "somebody makes another provider the default",
    make: async (site) => {
      await site.somebody("addNativeProvider", { provider: "by-hand" });
      await site.somebody("changeDefault", { provider: "by-hand" });
    },
    found: { default: ["keyProvider"] },
    planned: { default: ["keyProvider"] },
    up: {
      decision: "restored",
      writes: ["SetDefaultKmsCluster"],
      left: ({ providers, ...others }) => ({ ...others, providers: expect.arrayContaining(providers) }),
    },
  },
  {
    change: "somebody takes the default away",
    make: (site) => site.somebody("changeDefault"),
    found: { default: "gone" },
    planned: { default: "create" },
    up: { decision: "restored", writes: ["SetDefaultKmsCluster"] },
  },
  {
    change: "a key server presents another certificate",
    because: "It is trusted once it is pinned, and not before.",
    make: async (site) => {
      const [{ authority }] = site.keyManagers;
      site.backwards.push(await site.keyManagers[0].presentAnother(authority, authority.certificate));
    },
    found: {
      standard: ["presentedCertificates", "serversTrusted"],
      "standard-trust": UNHEALTHY,
      trusted: ["presentedCertificates", "serversTrusted"],
      "trusted-trust": UNHEALTHY,
    },
    planned: {
      standard: ["serversTrusted"],
      "standard-trust": ["healthy"],
      trusted: ["serversTrusted"],
      "trusted-trust": ["healthy"],
    },
    up: { decision: "refused", on: "standard", code: "EKM_SERVER_CERTIFICATE", wayOut: backToNormal },
  },
  {
    change: "a key server does not let vCenter in any more",
    because: "What it has forgotten or removed is told at the key server.",
    make: async (site) => {
      site.backwards.push(await site.keyManagers[0].trustClientsOf(elsewhere));
    },
    found: { "standard-trust": UNHEALTHY, "trusted-trust": UNHEALTHY },
    planned: { "standard-trust": ["healthy"], "trusted-trust": ["healthy"] },
    up: { decision: "refused", on: "standard-trust", code: "EKM_KEY_PROVIDER_UNHEALTHY", wayOut: backToNormal },
  },
  {
    change: "a key server is out of service",
    make: async (site) => {
      await site.keyManagers[0].stop();
      site.backwards.push(() => site.keyManagers[0].restart());
    },
    found: {
      standard: ["presentedCertificates", "unreachableServers"],
      "standard-trust": UNHEALTHY,
      trusted: ["presentedCertificates", "unreachableServers"],
      "trusted-trust": UNHEALTHY,
    },
    planned: { "standard-trust": ["healthy"], "trusted-trust": ["healthy"] },
    up: { decision: "refused", on: "standard-trust", code: "EKM_KEY_PROVIDER_UNHEALTHY", wayOut: backToNormal },
  },
]);

const failed = (of: string[], code: string, wayOut: Failed<VcenterSite>["wayOut"]): Failed<VcenterSite> => ({
  decision: "failed",
  of,
  code,
  wayOut,
});

const ERRORS = rows([
  {
    change: "the vCenter refuses the login",
    make: (site) => site.connectBy({ password: "another" }),
    up: failed([...STANDARD, ...TRUSTED], "EKM_CONNECTION_LOGIN", (site) => site.connectBy({})),
  },
  {
    change: "the account loses the right to see key providers",
    make: ({ vcenter }) => {
      vcenter.simulator.switches.deniedMethods = ["ListKmipServers", "listKmsProviders", "GetDefaultKmsCluster"];
    },
    up: failed([...STANDARD, ...TRUSTED], "EKM_PERMISSION_DENIED", ({ vcenter }) => {
      vcenter.simulator.switches.deniedMethods = [];
    }),
  },
  {
    change: "another vCenter answers at the address",
    because: "Its lists are empty, and nothing is gone.",
    make: (site) => site.somebody("replaceIdentity"),
    up: failed([...STANDARD, ...TRUSTED], "EKM_CONNECTION_IDENTITY", (site) => site.restore()),
  },
  {
    change: "the vCenter is upgraded to version 9",
    because: "It has no Trust Authority any more. Standard providers go on.",
    make: (site) => site.somebody("upgrade", { apiVersion: "9.0.0.0" }),
    up: failed(TRUSTED, "EKM_API_VERSION", (site) => site.restore()),
  },
]);

const unchanged: Unchanged = { decision: "unchanged" };

const QUIET = rows([
  {
    change: "the program spells pins otherwise, and names what is meant where it is left out",
    make: (site) =>
      site.declare({
        args: {
          standard: {
            vcenter: "default",
            trustedServers: site.keyManagers.slice(0, 2).map(({ fingerprint256 }) => fingerprint256.toLowerCase()),
          },
        },
      }),
    up: unchanged,
  },
  {
    change: "somebody changes the password of the servers",
    because: "vCenter tells it to nobody. A key server that refuses it shows in the health.",
    make: (site) => site.somebody("changePassword", { provider: site.standard, password: "by-hand" }),
    up: unchanged,
  },
  {
    change: "machines are encrypted and decrypted",
    make: async (site) => {
      await site.somebody("encrypt", { machine: "web" });
      await site.somebody("decrypt", { machine: "db" });
    },
    up: unchanged,
  },
]);

matrix(VcenterSite.open, {
  vCenter: CHANGES,
  "vCenter: no drift, but errors": ERRORS,
  "vCenter: no drift": QUIET,
});
