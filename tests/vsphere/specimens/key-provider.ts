import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { keyProviderResource } from "../../../provider/systems/vsphere/key-provider/resource";
import { optional } from "../../kit/generators";
import { CANARY_KEY } from "../../kit/hostile-values";
import { PASSES, type Row } from "../../kit/specimen";
import { OTHER_PIN, PIN, recordedIdentity, vcenter } from "../generators";
import { SoapCaller } from "../simulator/soap-caller";
import type { VsphereSpecimenOf } from "../specimen";
import { type Scene, STANDARD } from "../stage";

const server = fc.record(
  {
    name: optional(fc.constantFrom("one", "two")),
    hostname: fc.constantFrom("kms-1.example.com", "192.0.2.7"),
    port: optional(fc.constantFrom(5696, 5697)),
  },
  { requiredKeys: ["hostname"] },
);

/** Of the arguments that both kinds of providers have. */
export const providerGenerators = {
  vcenter,
  name: optional(fc.constantFrom("storage", "a name with blanks")),
  servers: fc.array(server, { minLength: 1, maxLength: 2 }),
  trustedServers: fc.constantFrom<string[]>([PIN], [PIN, OTHER_PIN]),
  username: optional(fc.constantFrom("ekm")),
  password: optional(fc.constantFrom("secret enough")),
  passwordVersion: optional(fc.constantFrom("1", "2")),
  proxy: optional(fc.constantFrom({ hostname: "proxy.example.com" }, { hostname: "192.0.2.9", port: 3128 })),
  connectionTimeout: optional(fc.constantFrom(1, 30, 3600)),
  adopt: optional(fc.constant("match" as const)),
};

export const recordedProvider = {
  ...recordedIdentity,
  serversTrusted: true,
  presentedCertificates: [],
  unreachableServers: [],
};

const HOST = { hostname: "kms-1.example.com" };

export const passingProvider = { vcenter: "default", name: "storage", servers: [HOST], trustedServers: [PIN] };

/** Of the same arguments. */
export const providerRows = ({ client, ca }: { client: string; ca: string }): Row[] => [
  ["a name not known yet", { name: UNKNOWN }, PASSES],
  ["a name with a slash", { name: "domain-c8/storage" }, "name", "without / and #"],
  ["a name with a hash", { name: "storage#1" }, "name", "without / and #"],
  ["a name of 81 characters", { name: "a".repeat(81) }, "name", "1 to 80"],
  ["no servers", { servers: [] }, "servers", "at least one key server"],
  ["a host name in place of a server", { servers: ["kms-1.example.com"] }, "servers[0]", "must be an object of"],
  ["servers not known yet", { servers: UNKNOWN }, PASSES],
  ["a host not known yet", { servers: [{ hostname: UNKNOWN, port: UNKNOWN }] }, PASSES],
  ["a server without a host", { servers: [{ port: 5696 }] }, "servers[0].hostname", "must be a string"],
  ["a host with its port", { servers: [{ hostname: "kms:5696" }] }, "servers[0].hostname", "host name"],
  ["a port as text", { servers: [{ ...HOST, port: "5696" }] }, "servers[0].port", "a port"],
  ["a misspelt member", { servers: [{ ...HOST, prot: 5697 }] }, "servers[0]", "port"],
  ["the same server twice", { servers: [HOST, { hostname: "KMS-1.example.com.", port: 5696 }] }, "servers", "twice"],
  ["the same name twice", { servers: ["1", "2"].map((n) => ({ name: "a", hostname: `h${n}` })) }, "servers", "twice"],
  ["no pins", { trustedServers: [] }, "trustedServers", "at least one fingerprint"],
  ["a pin not known yet", { trustedServers: [UNKNOWN] }, PASSES],
  ["a certificate as pin", { trustedServers: [ca] }, PASSES],
  ["two certificates as one pin", { trustedServers: [client + ca] }, "trustedServers[0]", "one certificate"],
  ["a private key as pin", { trustedServers: [CANARY_KEY] }, "trustedServers[0]", "SHA-256 fingerprint"],
  ["a SHA-1 fingerprint", { trustedServers: ["ab".repeat(20)] }, "trustedServers[0]", "SHA-256 fingerprint"],
  [
    "one pin in two spellings",
    { trustedServers: [PIN, PIN.replaceAll(":", "").toLowerCase()] },
    "trustedServers",
    "twice",
  ],
  ["a proxy as text", { proxy: "proxy.example.com:3128" }, "proxy", "must be an object of"],
  ["no time at all", { connectionTimeout: 0 }, "connectionTimeout", "from 1 to 3600"],
  ["a name to adopt", { adopt: "storage" }, "adopt", 'must be "match"'],
];

/** The arguments that describe a provider which was made by hand. */
export const byHand = (scene: Scene, name: string) => ({
  name,
  servers: [{ name: "kms", ...scene.server() }],
  trustedServers: [scene.pin()],
});

export const specimen: VsphereSpecimenOf<typeof keyProviderResource> = {
  generators: () => providerGenerators,
  recorded: () => recordedProvider,
  passing: () => passingProvider,
  rows: providerRows,
  declared: { servers: [HOST], trustedServers: [PIN] },
  onSystem: {
    existing: (scene) => ({ ...byHand(scene, STANDARD), adopt: "match" }),
    change: { passwordVersion: "2", password: "another one" },
    another: (scene) => ({ servers: [scene.server(1)], trustedServers: [scene.pin(1)] }),
    imported: {
      stage: "trusting",
      id: STANDARD,
      declared: (scene) => byHand(scene, STANDARD),
      outputs: () => ({ name: STANDARD, serversTrusted: true }),
    },
    only: false,
    adopting: {
      stage: "trusting",
      args: (scene) => ({ ...byHand(scene, STANDARD), adopt: "match" }),
      says: `the key provider "${STANDARD}" is taken over, and not made`,
    },
  },
  acts: [
    [
      "bare",
      async (resource, scene, { up, cutOff }) => {
        const [one, two] = [scene.server(0), scene.server(1)];
        const trustedServers = [scene.pin(0), scene.pin(1)];
        await up({ servers: [one], trustedServers });
        await up({ servers: [{ ...one, name: "moved" }, two], trustedServers });
        await up({ servers: [{ ...two, name: "moved" }, two], trustedServers });
        await up({ servers: [two], trustedServers });
        await new SoapCaller(scene.vcenter).register("left", scene.server().port);
        cutOff("left");
        await resource.destroy();
        expect(scene.vcenter.state().kmsClusters).toEqual([]);
      },
    ],
    [
      "certified",
      async (resource, scene, { up }) => {
        await up({ ...byHand(scene, STANDARD), adopt: "match" });
        await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
        expect(await resource.destroy()).toHaveProperty("failed");
      },
    ],
  ],
};
