import { markedName } from "../../../provider/adapters/pulumi/urn";
import { keyServer } from "../../../provider/systems/element/key-server/key-server";
import { issue, makeAuthority } from "../../kit/certificates";
import { certificateFor, issuingAuthority, otherAuthority, type Scene, strangersCertificate } from "../stage";
import { lifecycleTable } from "../table";

const expired = { notBefore: new Date("2020-01-01"), notAfter: new Date("2020-12-31") };

const MARKED = markedName("urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/element:KeyServer::main");

const args = (scene: Scene) => scene.keyServerArguments();
const servers = ({ cluster }: Scene) => cluster.state().keyServers;

/** The arguments of what the stage `attached` has under the name "by hand". */
const existing = async (scene: Scene) => {
  const [server] = servers(scene);
  return {
    hostnames: ["127.0.0.1"],
    port: scene.kmip.port,
    caCertificate: server?.kmipCaCertificate ?? "",
    clientCertificate: server?.kmipClientCertificate ?? "",
  };
};

const adoptedAsItIs = async (scene: Scene) => ({ ...(await existing(scene)), name: "by hand", adopt: "1" });

const elsewhere = ["127.0.0.1", "another-node"];
const atAnotherAddress = async (scene: Scene) => ({ ...(await adoptedAsItIs(scene)), hostnames: elsewhere });

const replaceCertificate = (scene: Scene, change: (certificate: string) => string) =>
  scene.cluster.mutate(({ keyServers: [server] }) => {
    if (server !== undefined) server.kmipClientCertificate = change(server.kmipClientCertificate);
  });
const withChain = ({ scene }: { scene: Scene }) =>
  replaceCertificate(scene, (certificate) => certificate + scene.keyServerAddress().caCertificate);
const withExpiredCertificate = async ({ scene }: { scene: Scene }) => {
  const { clientCertificateSignRequest } = await scene.byHand("GetClientCertificateSignRequest", {});
  await replaceCertificate(scene, () => certificateFor(clientCertificateSignRequest, "storage-1", expired));
};

/** A client certificate by an authority that the key server does not know, followed by that authority. */
const chainFor = async (scene: Scene, commonName?: string) => {
  const { clientCertificateSignRequest } = await scene.byHand("GetClientCertificateSignRequest", {});
  return (
    certificateFor(clientCertificateSignRequest, commonName, { by: issuingAuthority }) + issuingAuthority.certificate
  );
};
const chained = async (scene: Scene) => ({ ...(await args(scene)), clientCertificate: await chainFor(scene) });
const leafOf = (chain: string) => chain.slice(0, chain.indexOf("-----END CERTIFICATE-----\r\n") + 27);

const crlf = (pem: string) => pem.replaceAll(/\r?\n/g, "\r\n");

lifecycleTable("KeyServer", keyServer, [
  {
    name: "is created, tested, kept and deleted",
    stage: "paired",
    steps: [
      {
        up: args,
        did: "created",
        outputs: {
          keyServerID: 1,
          name: MARKED,
          tested: true,
          clientCertificateDescription: { subject: "O=pulumi-ekm tests, CN=storage-1" },
        },
        writes: ["CreateKeyServerKmip"],
        afterwards: ({ scene }) => {
          expect(servers(scene)).toMatchObject([{ kmipKeyServerName: MARKED, keyProviderID: null }]);
          expect(scene.kmip.connections).toBe(1);
        },
      },
      { refresh: true, did: "refreshed" },
      { up: existing, did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        writes: ["DeleteKeyServerKmip"],
        afterwards: ({ scene }) => expect(servers(scene)).toEqual([]),
      },
    ],
  },
  {
    name: "is not changed by another spelling",
    stage: "attached",
    steps: [
      { up: async (scene) => ({ ...(await existing(scene)), adopt: "match" }), did: "created" },
      {
        up: async (scene) => {
          const { caCertificate, clientCertificate, ...others } = await existing(scene);
          return {
            ...others,
            caCertificate: `${crlf(caCertificate)}\r\n`,
            clientCertificate: `subject=storage\n${clientCertificate.trimEnd()}`,
          };
        },
        did: "unchanged",
      },
      { refresh: true, did: "refreshed" },
      { up: existing, did: "unchanged" },
    ],
  },
  {
    name: "has no order and no letter case of hosts, and a port that is the usual one when left out",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) =>
          scene.cluster.mutate(({ keyServers: [server] }) => {
            if (server === undefined) throw new Error("no server");
            server.kmipKeyServerHostnames = ["kmip-1.example", "kmip-2.example"];
            server.kmipKeyServerPort = 5696;
          }),
        up: async (scene) => ({
          ...(await existing(scene)),
          hostnames: ["KMIP-2.example", "kmip-1.EXAMPLE"],
          port: undefined,
          adopt: "match",
        }),
        failed: ["EKM_KEY_SERVER_TEST", "KMIP-2.example, kmip-1.EXAMPLE, port 5696"],
        incomplete: true,
        outputs: { tested: false },
      },
      {
        refresh: true,
        did: "refreshed",
        inputs: { hostnames: ["KMIP-2.example", "kmip-1.EXAMPLE"] },
        afterwards: async ({ scene, run, resource }) => {
          expect(resource.state?.inputs.port).toBeUndefined();
          const respelt = { ...(await existing(scene)), hostnames: ["kmip-1.example.", "kmip-2.example"] };
          const tested = { ...resource.state?.outputs, tested: true } as Parameters<typeof keyServer.diff>[1];
          for (const port of [undefined, 5696]) {
            const news = resource.complete({ ...respelt, port });
            expect(await keyServer.diff("1", tested, news, run.context(resource.urn))).toEqual({
              differing: [],
              lines: [],
            });
          }
        },
      },
    ],
  },
  {
    name: "is mended after it was changed by hand, and the preview names what differs",
    stage: "paired",
    steps: [
      { up: args, did: "created", writes: ["CreateKeyServerKmip"] },
      {
        given: ({ scene }) =>
          scene.cluster.mutate(({ keyServers: [server] }) => {
            Object.assign(server ?? {}, {
              kmipKeyServerHostnames: ["10.9.9.9"],
              kmipCaCertificate: otherAuthority.certificate,
            });
          }),
        refresh: true,
        did: "refreshed",
        inputs: { hostnames: ["10.9.9.9"], caCertificate: otherAuthority.certificate },
      },
      {
        up: async (scene) => ({ ...(await existing(scene)), ...(await scene.keyServerAddress()) }),
        did: "updated",
        writes: ["ModifyKeyServerKmip"],
        afterwards: ({ scene }) => {
          expect(servers(scene)).toMatchObject([{ kmipKeyServerHostnames: ["127.0.0.1"] }]);
          const [{ params } = { params: {} }] = scene.cluster.calls("ModifyKeyServerKmip");
          expect(Object.keys(params).sort()).toEqual(["keyServerID", "kmipCaCertificate", "kmipKeyServerHostnames"]);
        },
      },
    ],
  },
  {
    name: "finds what it made when the answer to its create was lost",
    stage: "paired",
    steps: [
      {
        given: ({ scene }) =>
          scene.cluster.faults.add({ method: "CreateKeyServerKmip", when: "after", count: 1, action: { drop: true } }),
        up: args,
        failed: ["EKM_CONNECTION_UNREACHABLE", "CreateKeyServerKmip"],
        writes: ["CreateKeyServerKmip"],
      },
      {
        up: existing,
        did: "created",
        outputs: { keyServerID: 1, tested: true },
        afterwards: ({ scene }) => expect(servers(scene)).toHaveLength(1),
      },
    ],
  },
  {
    name: "stops at an equal object under an exact name; adopts it by id and changes what differs",
    stage: "attached",
    steps: [
      {
        up: async (scene) => ({ ...(await existing(scene)), name: "by hand" }),
        failed: ["EKM_EQUAL_OBJECT_EXISTS", 'key server 1 named "by hand"', 'adopt to "1"'],
      },
      {
        up: async (scene) => ({ ...(await existing(scene)), name: "ours", adopt: "match" }),
        failed: ["EKM_OBJECT_NOT_FOUND", "no key server equals", '1 ("by hand")'],
      },
      {
        up: async (scene) => ({ ...(await existing(scene)), name: "ours", adopt: "1" }),
        did: "created",
        outputs: { keyServerID: 1, name: "ours" },
        writes: ["ModifyKeyServerKmip"],
      },
    ],
  },
  {
    name: "takes a client certificate with its issuer, renewed too, and sends it as given",
    stage: "paired",
    steps: [
      {
        up: async (scene) => ({ ...(await chained(scene)), clientCertificate: leafOf(await chainFor(scene)) }),
        failed: ["EKM_KEY_SERVER_TEST", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
        incomplete: true,
        writes: ["CreateKeyServerKmip"],
      },
      {
        up: async (scene) => ({
          ...(await chained(scene)),
          clientCertificate: `# ----- storage -----\n${await chainFor(scene)}`,
        }),
        did: "updated",
        outputs: {
          clientCertificateDescription: { subject: "O=pulumi-ekm tests, CN=storage-1" },
          clientCertificateIssuerDescriptions: [{ subject: "O=pulumi-ekm tests, CN=Issuing Authority" }],
        },
        writes: ["ModifyKeyServerKmip"],
        afterwards: ({ scene }) => expect(servers(scene)[0]?.kmipClientCertificate).toMatch(/^# ----- storage -----\n/),
      },
      { refresh: true, did: "refreshed" },
      {
        up: async (scene) => ({
          ...(await existing(scene)),
          clientCertificate: crlf((await existing(scene)).clientCertificate).replace(/^#.*/, ""),
        }),
        did: "unchanged",
      },
      {
        up: async (scene) => ({ ...(await existing(scene)), clientCertificate: await chainFor(scene, "renewed") }),
        did: "updated",
        outputs: { clientCertificateDescription: { subject: "O=pulumi-ekm tests, CN=renewed" } },
        says: ["gives way to"],
        writes: ["ModifyKeyServerKmip"],
      },
      {
        up: async (scene) => {
          const { clientCertificate, ...others } = await existing(scene);
          return { ...others, clientCertificate: clientCertificate + (await args(scene)).caCertificate };
        },
        did: "updated",
        afterwards: ({ scene }) => {
          scene.cluster.switches.presentsIssuers = false;
        },
        says: ['the client certificate stays, followed by "O=pulumi-ekm tests, CN=Issuing Authority" (serial'],
        writes: ["ModifyKeyServerKmip"],
      },
      { refresh: true, did: "refreshed", inputs: { tested: false } },
    ],
  },
  {
    name: "adopts a chain in another order, which it would not take from anyone else, and takes it renewed in order",
    stage: "attached",
    steps: [
      {
        given: async ({ scene }) => {
          const [chain, { caCertificate }] = [await chainFor(scene), await args(scene)];
          await replaceCertificate(scene, () => chain + otherAuthority.certificate + caCertificate);
        },
        up: adoptedAsItIs,
        did: "created",
      },
      {
        up: async (scene) => ({ ...(await adoptedAsItIs(scene)), clientCertificate: await chainFor(scene) }),
        did: "updated",
        writes: ["ModifyKeyServerKmip"],
      },
    ],
  },
  {
    name: "adopts a certificate with its chain, and leaves it alone",
    stage: "attached",
    steps: [
      { given: withChain, up: adoptedAsItIs, did: "created", outputs: { keyServerID: 1, name: "by hand" } },
      { up: adoptedAsItIs, did: "unchanged" },
      { up: async (scene) => ({ ...(await adoptedAsItIs(scene)), adopt: undefined }), did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: adoptedAsItIs, did: "unchanged" },
    ],
  },
  {
    name: "adopts an expired certificate, and fails for no other reason than that the server refuses it",
    stage: "attached",
    steps: [
      {
        given: withExpiredCertificate,
        up: adoptedAsItIs,
        failed: ["EKM_KEY_SERVER_TEST"],
        incomplete: true,
        afterwards: ({ run }) =>
          expect(run.lines).toContainEqual({ severity: "warn", message: expect.stringContaining("expired at") }),
      },
      { up: adoptedAsItIs, failed: ["EKM_KEY_SERVER_TEST"], incomplete: true },
    ],
  },
  {
    name: "adopts none of several that match",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) =>
          scene.cluster.mutate(({ keyServers, lastIDs }) => {
            keyServers.push(...keyServers.map((server) => ({ ...server, keyServerID: 2, keyProviderID: null })));
            lastIDs.keyServer = 2;
          }),
        up: async (scene) => ({ ...(await existing(scene)), adopt: "match" }),
        failed: ["EKM_AMBIGUOUS_OBJECT", '1 ("by hand"), 2 ("by hand")'],
      },
    ],
  },
  {
    name: "stays in state, untested, while the key server is down, and the next run mends it",
    stage: "paired",
    steps: [
      {
        given: ({ scene }) => scene.stopKeyServer(),
        up: args,
        failed: ["EKM_KEY_SERVER_TEST", "xKmipConnectionFailure", "127.0.0.1, port"],
        incomplete: true,
        outputs: { keyServerID: 1, name: MARKED, tested: false },
        writes: ["CreateKeyServerKmip"],
      },
      { refresh: true, did: "refreshed", outputs: { tested: false } },
      { up: existing, failed: ["EKM_KEY_SERVER_TEST"], incomplete: true, outputs: { tested: false } },
      { given: ({ scene }) => scene.startKeyServer(), up: existing, did: "updated", outputs: { tested: true } },
      { up: existing, did: "unchanged" },
    ],
  },
  {
    name: "refuses a client certificate of another key before it writes",
    stage: "paired",
    steps: [
      {
        up: async (scene) => ({ ...(await args(scene)), clientCertificate: strangersCertificate }),
        failed: ["EKM_CLIENT_CERTIFICATE_MISMATCH", "the cluster's is"],
      },
      { up: args, did: "created", writes: ["CreateKeyServerKmip"] },
      {
        up: async (scene) => ({ ...(await existing(scene)), clientCertificate: strangersCertificate }),
        failed: ["EKM_CLIENT_CERTIFICATE_MISMATCH", "modifying key server 1"],
      },
    ],
  },
  {
    name: "takes a renewed certificate of the same key with one call",
    stage: "paired",
    steps: [
      { up: args, did: "created", writes: ["CreateKeyServerKmip"] },
      {
        up: async (scene) => {
          const { clientCertificateSignRequest } = await scene.byHand("GetClientCertificateSignRequest", {});
          return {
            ...(await existing(scene)),
            clientCertificate: certificateFor(clientCertificateSignRequest, "renewed"),
          };
        },
        did: "updated",
        outputs: { clientCertificateDescription: { subject: "O=pulumi-ekm tests, CN=renewed" } },
        writes: ["ModifyKeyServerKmip"],
      },
    ],
  },
  {
    name: "is refused a change for which its key server cannot be used, as a new one would be",
    stage: "attached",
    steps: [
      { up: adoptedAsItIs, did: "created" },
      {
        given: ({ scene }) =>
          scene.cluster.faults.add({
            method: "ModifyKeyServerKmip",
            count: 1,
            action: { error: { name: "xKmipAuthenticationFailure", message: "the client certificate is not trusted" } },
          }),
        up: async (scene) => ({ ...(await existing(scene)), name: "eks" }),
        failed: [
          "EKM_KEY_SERVER_TEST",
          'modifying key server 1 "by hand"',
          "xKmipAuthenticationFailure: the client certificate is not trusted",
          "trusts the authority of clientCertificate",
        ],
        writes: ["ModifyKeyServerKmip"],
      },
      {
        given: ({ scene }) => scene.stopKeyServer(),
        up: async (scene) => ({ ...(await existing(scene)), name: "eks" }),
        failed: ["EKM_KEY_SERVER_TEST", "xKmipConnectionFailure"],
        writes: ["ModifyKeyServerKmip"],
        afterwards: ({ scene }) => expect(servers(scene)).toMatchObject([{ kmipKeyServerName: "by hand" }]),
      },
      {
        given: ({ scene }) =>
          scene.cluster.faults.add({
            method: "ModifyKeyServerKmip",
            count: 1,
            action: { error: { name: "xInvalidParameter", message: "no" } },
          }),
        up: async (scene) => ({ ...(await existing(scene)), name: "eks" }),
        failed: ["EKM_ELEMENT_API", "xInvalidParameter: no"],
        writes: ["ModifyKeyServerKmip"],
      },
    ],
  },
  {
    name: "follows its key server to another address",
    stage: "external",
    steps: [
      { up: adoptedAsItIs, did: "created", writes: [] },
      { up: atAnotherAddress, did: "updated", outputs: { hostnames: elsewhere }, writes: ["ModifyKeyServerKmip"] },
      { up: atAnotherAddress, did: "unchanged" },
    ],
  },
  {
    name: "goes back to its address when the cluster does not get its keys at another one, also after a run was cut off",
    stage: "external",
    steps: [
      { up: adoptedAsItIs, did: "created", writes: [] },
      {
        given: async ({ scene }) => {
          await scene.loseKeys();
          scene.cluster.switches.faultCacheSeconds = 0;
        },
        up: atAnotherAddress,
        failed: [
          "EKM_KEY_UNAVAILABLE",
          'changing the address of key server 1 "by hand" to 127.0.0.1, another-node, port',
          "kmipServerFault",
          "former address (127.0.0.1, port",
          "put back",
        ],
        writes: ["ModifyKeyServerKmip", "ModifyKeyServerKmip"],
        afterwards: ({ scene }) => expect(servers(scene)).toMatchObject([{ kmipKeyServerHostnames: ["127.0.0.1"] }]),
      },
      {
        given: ({ scene }) =>
          scene.byHand("ModifyKeyServerKmip", { keyServerID: 1, kmipKeyServerHostnames: elsewhere }),
        up: atAnotherAddress,
        failed: ["EKM_KEY_UNAVAILABLE", "put back"],
        writes: ["ModifyKeyServerKmip"],
      },
    ],
  },
  {
    name: "is gone when the cluster lists it no more",
    stage: "paired",
    steps: [
      { up: args, did: "created", writes: ["CreateKeyServerKmip"] },
      {
        given: ({ scene }) => scene.byHand("DeleteKeyServerKmip", { keyServerID: 1 }),
        up: async (scene) => ({ ...(await args(scene)), hostnames: ["localhost"] }),
        failed: ["EKM_OBJECT_NOT_FOUND", "updating key server 1", "--refresh"],
      },
      { refresh: true, did: "gone" },
      { up: args, did: "created", outputs: { keyServerID: 2 }, writes: ["CreateKeyServerKmip"] },
      {
        given: ({ scene }) => scene.byHand("DeleteKeyServerKmip", { keyServerID: 2 }),
        destroy: true,
        did: "deleted",
      },
    ],
  },
  {
    name: "is not deleted under an active provider",
    stage: "external",
    steps: [
      { up: async (scene) => ({ ...(await existing(scene)), adopt: "1" }), did: "created" },
      {
        destroy: true,
        failed: ["EKM_PROVIDER_ACTIVE", 'deleting key server 1 "by hand"', 'key provider 1 "by hand" is active'],
        afterwards: ({ scene }) => expect(servers(scene)).toHaveLength(1),
      },
    ],
  },
  {
    name: "changes nothing when the engine is gone",
    stage: "paired",
    steps: [
      {
        given: ({ run }) => {
          run.engineLives = false;
        },
        up: args,
        failed: ["EKM_ENGINE_GONE"],
      },
    ],
  },
]);

const authority = makeAuthority();
const future = { notBefore: new Date("2120-01-01"), notAfter: new Date("2120-12-31") };
const client = issue(authority, { commonName: "client", usage: "client" });
const good = {
  hostnames: ["kmip.example"],
  caCertificate: authority.certificate,
  clientCertificate: client.cert,
};
const certify = (options: object) => issue(authority, { commonName: "client", usage: "client", ...options }).cert;

/** What the types of the arguments would not let through is tried as well: programs need not be typed. */
const BAD: [string, Record<string, unknown>, string[]][] = [
  ["no hosts", { hostnames: [] }, ["hostnames"]],
  ["a host that is no list", { hostnames: "kmip.example" }, ["hostnames"]],
  ["a host twice", { hostnames: ["a.example", "A.example"] }, ["hostnames"]],
  ["an IPv6 address twice", { hostnames: ["2001:db8::5", "2001:0DB8:0:0:0:0:0:5"] }, ["hostnames"]],
  ["an IPv4 address twice", { hostnames: ["10.0.0.5", "::ffff:a00:5"] }, ["hostnames"]],
  ["a name with and without its final dot", { hostnames: ["a.example", "a.example."] }, ["hostnames"]],
  ["a host with a port", { hostnames: ["a.example", "b.example:5696"] }, ["hostnames[1]"]],
  ["an empty host", { hostnames: [""] }, ["hostnames[0]"]],
  ["a host that is no address", { hostnames: ["10.0.0.256"] }, ["hostnames[0]"]],
  ["a host with a zone", { hostnames: ["fe80::1%eth0"] }, ["hostnames[0]"]],
  ["a URL", { hostnames: ["https://a.example"] }, ["hostnames[0]"]],
  ["a host that is no text", { hostnames: [7] }, ["hostnames[0]"]],
  ["port 0", { port: 0 }, ["port"]],
  ["port 65536", { port: 65536 }, ["port"]],
  ["half a port", { port: 56.5 }, ["port"]],
  ["a port in words", { port: "5696" }, ["port"]],
  ["a blank name", { name: "  " }, ["name"]],
  ["an adoption of nothing", { adopt: "0" }, ["adopt"]],
  ["no authority", { caCertificate: "" }, ["caCertificate"]],
  ["a private key", { clientCertificate: client.key }, [""]],
  ["a private key as authority", { caCertificate: authority.privateKey }, [""]],
  ["two client certificates", { clientCertificate: client.cert + client.cert }, ["clientCertificate"]],
  [
    "a stranger's authority after it",
    { clientCertificate: client.cert + otherAuthority.certificate },
    ["clientCertificate"],
  ],
  ["its authority before it", { clientCertificate: authority.certificate + client.cert }, ["clientCertificate"]],
  ["base64 alone", { clientCertificate: client.cert.replaceAll(/-----.*-----/g, "").trim() }, [""]],
  ["an expired certificate", { clientCertificate: certify(expired) }, ["clientCertificate"]],
  ["a certificate of the future", { clientCertificate: certify(future) }, ["clientCertificate"]],
  ["a server's certificate", { clientCertificate: certify({ usage: "server" }) }, ["clientCertificate"]],
  ["a certificate of another key", { publicKeyFingerprint: "00".repeat(32) }, ["clientCertificate"]],
  ["a name and a port that are bad", { name: "", port: -1 }, ["name", "port"]],
];

lifecycleTable(
  "KeyServer",
  keyServer,
  BAD.map(([what, change, refused]) => ({
    name: `refuses ${what} without a call`,
    steps: [
      {
        up: { ...good, ...change } as typeof good,
        refused,
        afterwards: ({ scene }) => expect(scene.cluster.requests).toEqual([]),
      },
    ],
  })),
);
