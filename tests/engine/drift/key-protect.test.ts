import { InstanceSite } from "./instance-site";
import { matrix } from "./matrix";
import type { Failed, Row, Unchanged } from "./row";

const EVERYTHING = ["key", "adapter", "certificate", "clients"];

/** What is made again is empty. */
const withoutKeys = ({ adapters, ...others }: ReturnType<InstanceSite["picture"]>) => ({
  ...others,
  adapters: adapters.map((adapter) => ({ ...adapter, liveKeys: 0 })),
});

const rows = (some: Omit<Row<InstanceSite>, "from">[]): Row<InstanceSite>[] =>
  some.map((row) => ({ ...row, from: "registered" }));

const CHANGES = rows([
  {
    change: "somebody rotates the root key",
    because: "What the former version has wrapped stays readable. A trigger that is changed meanwhile is satisfied.",
    make: ({ region, key }) => region.simulator.act("rotateKey", { key }),
    found: { key: ["keyVersion", "keyVersionCreated"] },
    planned: { key: [] },
    up: { decision: "accepted", writes: [] },
  },
  {
    change: "somebody suspends the root key",
    because: "Nobody can read any key meanwhile. Why it was suspended is for a person to find out.",
    make: ({ region, key }) => region.simulator.act("suspendKey", { key }),
    found: { key: ["state"] },
    planned: { key: ["state"] },
    up: {
      decision: "refused",
      on: "key",
      code: "EKM_ROOT_KEY_SUSPENDED",
      wayOut: ({ region, key }) => region.simulator.act("enableKey", { key }),
    },
  },
  {
    change: "somebody deletes the root key",
    because: "It can be restored for 30 days, and no other key opens what it has wrapped: none is made in its place.",
    make: ({ region, key }) => region.simulator.act("deleteKey", { key }),
    found: { key: ["state"] },
    planned: { key: ["state"] },
    up: {
      decision: "refused",
      on: "key",
      code: "EKM_ROOT_KEY_DELETED",
      wayOut: ({ region, key }) => region.simulator.act("restoreKey", { key }),
    },
  },
  {
    change: "somebody gives the root key an end",
    because: "It is warned about in every plan from then on.",
    make: ({ region, key }) => region.simulator.act("expireKey", { key, expirationDate: "2099-01-01T00:00:00Z" }),
    found: { key: ["expirationDate"] },
    up: { decision: "accepted", writes: [] },
  },
  {
    change: "somebody moves the root key into another key ring",
    make: ({ region, key }) => region.simulator.act("moveKey", { key, keyRing: "by-hand" }),
    found: { key: ["keyRing"] },
    planned: { key: ["keyRing"] },
    up: { decision: "restored", writes: ["patchKey"] },
  },
  {
    change: "somebody deletes the adapter, with its clients and their keys",
    because: "An empty one is made: what was in it is gone for good.",
    make: ({ region, adapter }) => region.simulator.act("deleteAdapter", { adapter }),
    found: { adapter: "gone", certificate: "gone", clients: "gone" },
    planned: { adapter: "create", certificate: "create", clients: "create" },
    up: { decision: "restored", writes: ["createKmipAdapter", "addKmipClientCertificate"], left: withoutKeys },
  },
  {
    change: "somebody deletes the adapter and makes it again under its name",
    because:
      "The name is this resource's mark, and the root key is the same: it is taken over, and not made a second time.",
    make: async ({ region, adapter, key }) => {
      const { name } = region.objects.adapters[0] ?? {};
      await region.simulator.act("deleteAdapter", { adapter });
      await region.simulator.act("createAdapter", { key, name });
    },
    found: { adapter: "gone", certificate: "gone", clients: "gone" },
    planned: { adapter: "create", certificate: "create", clients: "create" },
    up: {
      decision: "accepted",
      writes: ["addKmipClientCertificate"],
      left: ({ adapters, ...others }) => ({
        ...others,
        adapters: adapters.map((adapter) => ({ ...adapter, certificates: [expect.stringMatching(/^certificate-/)] })),
      }),
    },
  },
  {
    change: "somebody removes the client's registration",
    because: "Until it is registered again and accepted, the client is cut off from its keys.",
    make: ({ region, adapter, registration }) =>
      region.simulator.act("removeCertificate", { adapter, certificate: registration.id }),
    found: { certificate: "gone", clients: ["clientCertificates"] },
    planned: { certificate: "create", clients: ["clientCertificates"] },
    up: { decision: "restored", writes: ["addKmipClientCertificate"] },
  },
  {
    change: "somebody registers a certificate of their own",
    because: "Whoever has its private key reads every key of the adapter.",
    make: ({ region, adapter, stranger }) =>
      region.simulator.act("registerCertificate", { adapter, certificate: stranger.cert, name: "by-hand" }),
    found: { clients: ["undeclared"] },
    planned: { clients: ["undeclared"] },
    up: {
      decision: "refused",
      on: "clients",
      code: "EKM_UNDECLARED_CERTIFICATE",
      wayOut: ({ region, adapter }) => region.simulator.act("removeCertificate", { adapter, certificate: "by-hand" }),
    },
  },
  {
    change: "somebody registers another certificate under the name of the client's",
    make: async ({ region, adapter, registration, stranger }) => {
      await region.simulator.act("removeCertificate", { adapter, certificate: registration.id });
      const { name } = registration;
      await region.simulator.act("registerCertificate", { adapter, certificate: stranger.cert, name });
    },
    found: { certificate: "gone", clients: ["clientCertificates"] },
    planned: { certificate: "create", clients: ["clientCertificates"] },
    up: {
      decision: "refused",
      on: "certificate",
      code: "EKM_EQUAL_OBJECT_EXISTS",
      wayOut: ({ region, adapter, registration }) =>
        region.simulator.act("removeCertificate", { adapter, certificate: registration.id }),
    },
  },
  {
    change: "somebody destroys the client's key",
    because: "Nothing brings it back. The client's own look tells what it has lost, a cluster's `fault` for example.",
    make: ({ region, adapter }) => region.simulator.act("destroyObjects", { adapter }),
    found: { adapter: ["liveObjects"] },
    up: { decision: "accepted", writes: [] },
  },
]);

const failed = (of: string[], code: string, wayOut: Failed<InstanceSite>["wayOut"]): Failed<InstanceSite> => ({
  decision: "failed",
  of,
  code,
  wayOut,
});

const ERRORS = rows([
  {
    change: "somebody revokes the API key",
    make: ({ region }) => region.simulator.act("replaceApiKey", { apiKey: "another-api-key" }),
    up: failed(EVERYTHING, "EKM_CONNECTION_LOGIN", (site) => site.returnApiKey()),
  },
  {
    change: "the API key's owner loses the rights to KMIP",
    make: ({ region }) => {
      region.simulator.switches.deniedMethods = ["getKmipAdapters", "getKmipClientCertificates", "getKmipObjects"];
    },
    up: failed(["adapter", "certificate", "clients"], "EKM_PERMISSION_DENIED", ({ region }) => {
      region.simulator.switches.deniedMethods = [];
    }),
  },
  {
    change: "the connection leads to another instance",
    because: "Its lists are empty, and nothing is gone.",
    make: (site) => site.connectBy({ instance: site.region.simulator.instances[1] }),
    up: failed(EVERYTHING, "EKM_CONNECTION_IDENTITY", (site) => site.connectBy({})),
  },
]);

const unchanged: Unchanged = { decision: "unchanged" };

const RESPELLINGS = rows([
  {
    change: "the instance answers in another spelling and media type, and the connection names it by its CRN",
    make: (site) => {
      Object.assign(site.region.simulator.switches, { certificateEcho: "normalized", contentType: "plain" });
      site.connectBy({ instance: site.region.objects.crn });
    },
    up: unchanged,
  },
  {
    change: "the program spells the client's certificate otherwise, and names what is meant where it is left out",
    make: (site) =>
      site.declare({
        args: {
          key: { instance: "default", keyRing: "default", onDelete: "keep" },
          adapter: { instance: "default", onDelete: "refuse" },
          certificate: {
            instance: "default",
            onDelete: "remove",
            certificate: site.client.cert.replaceAll("\n", "\r\n"),
          },
          clients: { instance: "default", others: [] },
        },
      }),
    up: unchanged,
  },
  {
    change: "the client's certificate nears its end",
    because: "It is replaced when the program gives another one.",
    make: (site) => site.passDays(80.5),
    up: unchanged,
  },
  {
    change: "the API key is replaced, and the runs know the new one",
    make: async (site) => {
      await site.region.simulator.act("replaceApiKey", { apiKey: "another-api-key" });
      site.connectBy({});
    },
    up: unchanged,
  },
]);

matrix(InstanceSite.open, {
  "IBM Key Protect": CHANGES,
  "IBM Key Protect: no drift, but errors": ERRORS,
  "IBM Key Protect: no drift": RESPELLINGS,
});
