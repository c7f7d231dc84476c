import { encryptionOf, somebody, until } from "../acceptance/lab";
import { makeAnotherKeyServer } from "./another-key-server";
import { matrix } from "./matrix";
import type { Picture } from "./picture";
import { AGE_DAYS, Site } from "./site";

const DISABLE = "DisableEncryptionAtRest";
const ENABLE = "EnableEncryptionAtRest";
const MODIFY = "ModifyKeyServerKmip";
const REKEY = "RekeySoftwareEncryptionAtRestMasterKey";

/** Another provider, with a key server of its own. */
async function makeAnotherProvider(site: Site): Promise<void> {
  const { administrator } = site;
  await makeAnotherKeyServer(site);
  await administrator.call("create_key_provider_kmip", { key_provider_name: "by hand" });
  await administrator.call("add_key_server_to_provider_kmip", { key_provider_id: 2, key_server_id: 2 });
}

async function switchOff({ administrator, cluster }: Site): Promise<void> {
  await administrator.call("disable_encryption_at_rest");
  await until(() => encryptionOf(cluster).state === "disabled");
}

const isEncrypted = ({ cluster }: Site) => until(() => encryptionOf(cluster).state === "enabled");

const destroyKeyOf = (site: Site, encryption: "softwareEncryption" | "hardwareEncryption") =>
  site.onKeyOf(encryption, async (client, uid) => {
    await client.revoke(uid);
    await client.destroy(uid);
  });

/** What more rekeys leave: what they make is another one each time. */
const rekeyed = (
  { softwareEncryption, ...others }: Picture,
  { more = 1, handles = more }: { more?: number; handles?: number } = {},
) => {
  const { rekeys, asyncResultID = 0, dataKey } = softwareEncryption;
  return {
    ...others,
    softwareEncryption: {
      enabled: true,
      rekeys: rekeys + more,
      asyncResultID: asyncResultID + handles,
      masterKey: expect.objectContaining({ keyManagementType: "external", keyProviderID: 1 }),
      dataKey: { digest: dataKey?.digest, wrapped: [expect.anything()] },
    },
  };
};

/** What switching hardware encryption off and on again leaves: the key is another one. */
const encryptedAnew = (picture: Picture) => ({
  ...picture,
  hardwareEncryption: {
    state: "enabled",
    since: expect.any(String),
    key: expect.objectContaining({ keyManagementType: "external", keyProviderID: 1 }),
  },
});

const withAnotherCertificate = ({ keyServers, ...others }: Picture) => ({
  ...others,
  keyServers: keyServers.map((server) => ({ ...server, kmipClientCertificate: expect.any(String) })),
});

matrix(Site.open, {
  "Key pair and client certificate": [
    {
      change: "somebody makes a new key pair of the same subject",
      because:
        "The old private key is gone for good. The new one is certified, and the key server gets the new certificate.",
      from: "external",
      make: ({ administrator }) =>
        administrator.call("create_public_private_key_pair", { common_name: "storage.example.com", country: "US" }),
      found: { pair: ["publicKeyFingerprint"], request: ["pem", "publicKeyFingerprint"], server: ["tested"] },
      planned: {
        pair: [],
        request: ["publicKeyFingerprint"],
        certificate: ["certificateSigningRequest", "publicKeyFingerprint", "subject"],
        server: ["clientCertificate", "clientCertificateDescription", "publicKeyFingerprint", "tested"],
      },
      up: { decision: "accepted", writes: [MODIFY], left: withAnotherCertificate },
    },
    {
      change: "somebody makes a new key pair of another subject",
      from: "external",
      make: ({ administrator }) => administrator.call("create_public_private_key_pair", { common_name: "by hand" }),
      found: {
        pair: ["publicKeyFingerprint", "subject"],
        request: ["pem", "publicKeyFingerprint", "subject"],
        server: ["tested"],
      },
      planned: {
        pair: ["subject"],
        request: ["publicKeyFingerprint"],
        certificate: ["certificateSigningRequest", "publicKeyFingerprint", "subject"],
        server: ["clientCertificate", "clientCertificateDescription", "publicKeyFingerprint", "tested"],
      },
      up: {
        decision: "refused",
        on: "pair",
        code: "EKM_KEY_PAIR_IN_USE",
        wayOut: (site) => site.declare({ args: { pair: { subject: { commonName: "by hand" } } } }),
      },
    },
    {
      change: "somebody gives the key server another client certificate for the same key pair",
      from: "external",
      make: async (site) =>
        site.administrator.call("modify_key_server_kmip", {
          key_server_id: 1,
          kmip_client_certificate: await site.issueClientCertificate(),
        }),
      found: { server: ["clientCertificateDescription"] },
      planned: { server: ["clientCertificateDescription"] },
      up: { decision: "restored", writes: [MODIFY] },
    },
    {
      change: "the client certificate is replaced by one for another key",
      because: "Element contacts the key server before it takes a certificate, and refuses one that does not work.",
      from: "external",
      make: (site) => site.storeClientCertificate(site.strangersCertificate()),
      found: { server: ["clientCertificateDescription", "tested"] },
      planned: { server: ["clientCertificateDescription", "tested"] },
      up: { decision: "restored", writes: [MODIFY] },
    },
    {
      change: "the client certificate is replaced by a text that is none",
      from: "external",
      make: (site) => site.storeClientCertificate("not a certificate"),
      found: { server: ["clientCertificateDescription", "tested"] },
      planned: { server: ["clientCertificateDescription", "tested"] },
      up: { decision: "restored", writes: [MODIFY] },
    },
  ],
  "Master key": [
    {
      change: "somebody rotates the master key",
      because: "A new key of the declared provider is as good as the old one.",
      from: "external",
      make: ({ administrator }) => administrator.rekey({ key_management_type: "External", key_provider_id: 1 }),
      found: { key: ["keyCreatedTime", "keyID"] },
      planned: { key: [] },
      up: { decision: "accepted", writes: [] },
    },
    {
      change: "somebody brings the master key back to internal keys",
      from: "external",
      make: ({ administrator }) => administrator.rekey({ key_management_type: "Internal" }),
      found: { key: ["keyCreatedTime", "keyID", "keyManagementType", "keyProviderID"] },
      planned: { key: ["keyProvider", "keyProviderName"] },
      up: { decision: "restored", writes: [REKEY], left: (before) => rekeyed(before, { more: 2 }) },
    },
    {
      change: "somebody gives the master key to another provider",
      because: "That may be another stack, and two of them would rekey against each other.",
      from: "external",
      make: async (site) => {
        await makeAnotherProvider(site);
        await site.administrator.rekey({ key_management_type: "External", key_provider_id: 2 });
      },
      found: { key: ["keyCreatedTime", "keyID", "keyProviderID"] },
      planned: { key: ["keyProvider", "keyProviderName"] },
      up: {
        decision: "refused",
        on: "key",
        code: "EKM_MASTER_KEY_HELD_ELSEWHERE",
        wayOut: (site) => site.declare({ args: { key: { takeOver: true } } }),
      },
    },
    {
      change: "a rekey that somebody has started is still running",
      from: "external",
      make: async ({ administrator, cluster }) => {
        cluster.switches.rekeySeconds = 3600;
        await administrator.call("rekey_software_encryption_at_rest_master_key", {
          key_management_type: "External",
          key_provider_id: 1,
        });
      },
      found: { key: ["asyncHandle", "complete"] },
      planned: { key: ["complete"] },
      up: {
        decision: "accepted",
        writes: [],
        meanwhile: async ({ cluster }) => {
          const looks = () => cluster.calls("GetAsyncResult").length;
          const before = looks();
          await until(() => looks() >= before + 3);
          cluster.switches.rekeySeconds = 0.1;
        },
        left: (picture) => rekeyed(picture, { handles: 0 }),
      },
    },
    {
      change: "somebody revokes the master key on the key server",
      from: "external",
      make: (site) => site.onKeyOf("softwareEncryption", (client, uid) => client.revoke(uid)),
      found: { key: ["fault"] },
      planned: { key: ["fault"] },
      up: {
        decision: "refused",
        on: "key",
        code: "EKM_KEY_UNAVAILABLE",
        wayOut: (site) => site.declare({ args: { key: { rotationTriggers: { revoked: "2026-11" } } } }),
      },
    },
    {
      change: "somebody destroys the master key on the key server",
      from: "external",
      make: (site) => destroyKeyOf(site, "softwareEncryption"),
      found: { key: ["fault"] },
      planned: { key: ["fault"] },
      up: {
        decision: "refused",
        on: "key",
        code: "EKM_KEY_UNAVAILABLE",
        wayOut: (site) => site.restoreKeys(),
      },
    },
  ],
  "Hardware encryption": [
    {
      change: "somebody switches hardware encryption off",
      from: "encrypted",
      make: switchOff,
      found: { encryption: ["encryptionAtRestState", "keyID", "keyManagementType", "keyProviderID"] },
      planned: { encryption: ["encryptionAtRestState", "keyProvider", "keyProviderName"] },
      up: { decision: "restored", writes: [ENABLE], left: encryptedAnew },
    },
    {
      change: "the button in the cluster's own interface enables it with internal keys",
      because:
        "The button does so whoever held the key before. The drives get another key only while encryption is off.",
      from: "encrypted",
      make: async (site) => {
        await somebody(site.cluster, "enableHardwareEncryptionInternally");
        await isEncrypted(site);
      },
      found: { encryption: ["keyID", "keyManagementType", "keyProviderID"] },
      planned: { encryption: ["keyProvider", "keyProviderName"] },
      up: { decision: "restored", writes: [DISABLE, ENABLE], left: encryptedAnew },
    },
    {
      change: "somebody gives the key of hardware encryption to another provider",
      because: "That may be another stack, and two of them would take the key from each other.",
      from: "encrypted",
      make: async (site) => {
        await makeAnotherProvider(site);
        await switchOff(site);
        await site.administrator.call("enable_encryption_at_rest", { key_provider_id: 2 });
        await isEncrypted(site);
      },
      found: { encryption: ["keyID", "keyProviderID"] },
      planned: { encryption: ["keyProvider", "keyProviderName"] },
      up: {
        decision: "refused",
        on: "encryption",
        code: "EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE",
        wayOut: (site) => site.declare({ encryption: "external", args: { encryption: { takeOver: true } } }),
      },
    },
    {
      change: "somebody destroys the key of hardware encryption on the key server",
      from: "encrypted",
      make: (site) => destroyKeyOf(site, "hardwareEncryption"),
      found: { encryption: ["fault"] },
      planned: { encryption: ["fault"] },
      up: {
        decision: "refused",
        on: "encryption",
        code: "EKM_KEY_UNAVAILABLE",
        wayOut: (site) => site.restoreKeys(),
      },
    },
  ],
  Time: [
    {
      change: "the client certificate nears its end",
      from: "aged",
      make: (site) => site.passDays(AGE_DAYS),
      found: { certificate: ["renewalDue"] },
      planned: { certificate: ["renewalDue"], server: ["clientCertificate", "clientCertificateDescription"] },
      up: { decision: "restored", writes: [MODIFY], left: withAnotherCertificate },
    },
    {
      change: "the client certificate has expired",
      from: "aged",
      make: (site) => site.passDays(AGE_DAYS + 60),
      found: { certificate: ["renewalDue"], server: ["tested"] },
      planned: { certificate: ["renewalDue"], server: ["clientCertificate", "clientCertificateDescription", "tested"] },
      up: { decision: "restored", writes: [MODIFY], left: withAnotherCertificate },
    },
    {
      change: "the master key is older than its `maxAge`",
      from: "external",
      prepare: async (site) => {
        site.declare({ args: { key: { maxAge: "90d" } } });
        await site.up();
      },
      make: (site) => site.passDays(91),
      found: { key: ["rotationDue"] },
      planned: { key: ["rotationDue"] },
      up: { decision: "restored", writes: [REKEY], left: (before) => rekeyed(before) },
    },
  ],
});
