import { makeAnotherKeyServer } from "./another-key-server";
import { matrix } from "./matrix";
import { withKeyServer } from "./picture";
import { Site } from "./site";

const CREATE = "CreateKeyServerKmip";
const MODIFY = "ModifyKeyServerKmip";
const ADD = "AddKeyServerToProviderKmip";
const REMOVE = "RemoveKeyServerFromProviderKmip";

matrix(Site.open, {
  "Key servers": [
    {
      change: "somebody renames the key server",
      from: "external",
      make: ({ administrator }) =>
        administrator.call("modify_key_server_kmip", { key_server_id: 1, kmip_key_server_name: "by hand" }),
      found: { server: ["name"] },
      planned: { server: ["name"] },
      up: { decision: "restored", writes: [MODIFY] },
    },
    {
      change: "somebody adds a host to the key server",
      from: "external",
      make: ({ administrator }) =>
        administrator.call("modify_key_server_kmip", {
          key_server_id: 1,
          kmip_key_server_hostnames: ["127.0.0.1", "localhost"],
        }),
      found: { server: ["hostnames"] },
      planned: { server: ["hostnames"] },
      up: { decision: "restored", writes: [MODIFY] },
    },
    {
      change: "somebody points the key server at the port of another one",
      from: "attached",
      make: ({ administrator, west }) =>
        administrator.call("modify_key_server_kmip", { key_server_id: 1, kmip_key_server_port: west.settings.port }),
      found: { server: ["port"] },
      planned: { server: ["port"] },
      up: { decision: "restored", writes: [MODIFY] },
    },
    {
      change: "somebody points the key server that has the master key at another one",
      from: "external",
      make: ({ administrator, west }) =>
        administrator.call("modify_key_server_kmip", { key_server_id: 1, kmip_key_server_port: west.settings.port }),
      found: { server: ["port"], key: ["fault"] },
      planned: { server: ["port"], key: ["fault"] },
      up: { decision: "restored", writes: [MODIFY] },
    },
    {
      change: "somebody lets the cluster trust another authority as well",
      from: "external",
      make: ({ administrator, authority, strangeAuthority }) =>
        administrator.call("modify_key_server_kmip", {
          key_server_id: 1,
          kmip_ca_certificate: authority.certificate + strangeAuthority.certificate,
        }),
      found: { server: ["caCertificateDescriptions"] },
      planned: { server: ["caCertificateDescriptions"] },
      up: { decision: "restored", writes: [MODIFY] },
    },
    {
      change: "somebody deletes the key server",
      from: "attached",
      make: ({ administrator }) => administrator.call("delete_key_server_kmip", { key_server_id: 1 }),
      found: { server: "gone", attachment: "gone" },
      planned: { server: "create", attachment: "create" },
      up: { decision: "restored", writes: [CREATE, ADD], left: withKeyServer({ keyServerID: 2 }) },
    },
    {
      change: "the key server of an active provider disappears",
      because: "Element refuses to delete the last server of an active provider; whatever took it away, the key stays.",
      from: "external",
      make: ({ cluster }) =>
        cluster.mutate((state) => {
          state.keyServers = [];
        }),
      found: { server: "gone", attachment: "gone" },
      planned: { server: "create", attachment: "create" },
      up: { decision: "restored", writes: [CREATE, ADD], left: withKeyServer({ keyServerID: 2 }) },
    },
    {
      change: "somebody deletes the key server and makes it again under its name",
      because: "The name is this resource's mark: what bears it is taken over, and not made a second time.",
      from: "attached",
      make: async ({ administrator, cluster }) => {
        const [server] = cluster.state().keyServers;
        await administrator.call("delete_key_server_kmip", { key_server_id: 1 });
        await administrator.call("create_key_server_kmip", {
          kmip_ca_certificate: server?.kmipCaCertificate,
          kmip_client_certificate: server?.kmipClientCertificate,
          kmip_key_server_hostnames: server?.kmipKeyServerHostnames,
          kmip_key_server_name: server?.kmipKeyServerName,
          kmip_key_server_port: server?.kmipKeyServerPort,
        });
      },
      found: { server: "gone", attachment: "gone" },
      planned: { server: "create", attachment: "create" },
      up: { decision: "accepted", writes: [ADD], left: withKeyServer({ keyProviderID: 1 }) },
    },
    {
      change: "the key server is out of service",
      from: "external",
      make: ({ east }) => east.stop(),
      found: { server: ["tested"] },
      planned: { server: ["tested"] },
      up: { decision: "refused", on: "server", code: "EKM_KEY_SERVER_TEST", wayOut: ({ east }) => east.start() },
    },
    {
      change: "the key server presents a certificate of another authority",
      from: "external",
      make: (site) => site.replaceKeyServerCertificate(),
      found: { server: ["tested"] },
      planned: { server: ["tested"] },
      up: {
        decision: "refused",
        on: "server",
        code: "EKM_KEY_SERVER_TEST",
        wayOut: (site) => site.declare({ args: { server: { caCertificate: site.strangeAuthority.certificate } } }),
      },
    },
  ],
  Attachments: [
    {
      change: "somebody takes the key server from its provider",
      from: "attached",
      make: ({ administrator }) => administrator.call("remove_key_server_from_provider_kmip", { key_server_id: 1 }),
      found: { attachment: "gone" },
      planned: { attachment: "create" },
      up: { decision: "restored", writes: [ADD] },
    },
    {
      change: "the key server of an active provider is detached",
      because: "Element refuses it while the provider is active; whatever did it, the key is within reach again.",
      from: "external",
      make: ({ cluster }) =>
        cluster.mutate(({ keyServers: [server] }) => Object.assign(server ?? {}, { keyProviderID: null })),
      found: { attachment: "gone" },
      planned: { attachment: "create" },
      up: { decision: "restored", writes: [ADD] },
    },
    {
      change: "somebody gives the key server to another provider",
      from: "attached",
      make: async ({ administrator }) => {
        await administrator.call("remove_key_server_from_provider_kmip", { key_server_id: 1 });
        await administrator.call("create_key_provider_kmip", { key_provider_name: "by hand" });
        await administrator.call("add_key_server_to_provider_kmip", { key_provider_id: 2, key_server_id: 1 });
      },
      found: { attachment: ["keyProvider", "keyProviderName"] },
      planned: { attachment: ["keyProvider", "keyProviderName"] },
      up: {
        decision: "restored",
        writes: [REMOVE, ADD],
        left: ({ keyProviders, ...others }) => ({
          ...others,
          keyProviders: [...keyProviders, { keyProviderID: 2, keyProviderName: "by hand" }],
        }),
      },
    },
    {
      change: "somebody gives the key server and the master key to another provider",
      because: "The other provider holds the key by now: taking its server away would lose it.",
      from: "external",
      make: async ({ administrator }) => {
        await administrator.rekey({ key_management_type: "Internal" });
        await administrator.call("remove_key_server_from_provider_kmip", { key_server_id: 1 });
        await administrator.call("create_key_provider_kmip", { key_provider_name: "by hand" });
        await administrator.call("add_key_server_to_provider_kmip", { key_provider_id: 2, key_server_id: 1 });
        await administrator.rekey({ key_management_type: "External", key_provider_id: 2 });
      },
      found: { attachment: ["keyProvider", "keyProviderName"], key: ["keyCreatedTime", "keyID", "keyProviderID"] },
      planned: { attachment: ["keyProvider", "keyProviderName"], key: ["keyProvider", "keyProviderName"] },
      up: {
        decision: "refused",
        on: "attachment",
        code: "EKM_PROVIDER_ACTIVE",
        wayOut: (site) => site.declare({ names: { provider: "by hand" }, args: { provider: { adopt: "2" } } }),
      },
    },
    {
      change: "somebody gives the provider a second key server",
      because: "Only where a cluster lets a provider have several. New keys are made on each of them.",
      from: "external",
      make: async (site) => {
        site.cluster.switches.multipleServersPerProvider = true;
        await makeAnotherKeyServer(site);
        await site.administrator.call("add_key_server_to_provider_kmip", { key_provider_id: 1, key_server_id: 2 });
      },
      found: { attachment: ["otherKeyServers"] },
      planned: { attachment: ["otherKeyServers"] },
      up: {
        decision: "refused",
        on: "attachment",
        code: "EKM_UNDECLARED_KEY_SERVER",
        wayOut: ({ administrator }) => administrator.call("remove_key_server_from_provider_kmip", { key_server_id: 2 }),
      },
    },
    {
      change: "somebody deletes the provider",
      from: "attached",
      make: ({ administrator }) => administrator.call("delete_key_provider_kmip", { key_provider_id: 1 }),
      found: { provider: "gone", attachment: "gone" },
      planned: { provider: "create", attachment: "create" },
      up: {
        decision: "restored",
        writes: ["CreateKeyProviderKmip", ADD],
        left: ({ keyProviders, keyServers, ...others }) => ({
          ...others,
          keyProviders: keyProviders.map((provider) => ({ ...provider, keyProviderID: 2 })),
          keyServers: keyServers.map((server) => ({ ...server, keyProviderID: 2 })),
        }),
      },
    },
  ],
});
