import { UNKNOWN } from "../../../provider/core/unknown";
import { keyServerAttachment } from "../../../provider/systems/element/attachment/attachment";
import { hardwareEncryption } from "../../../provider/systems/element/hardware-encryption/hardware-encryption";
import { keyPair } from "../../../provider/systems/element/key-pair/key-pair";
import { keyProvider } from "../../../provider/systems/element/key-provider/key-provider";
import { keyServer } from "../../../provider/systems/element/key-server/key-server";
import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import {
  DISABLE,
  declared,
  external as drivesHeldByProvider,
  ENABLE,
  hold,
  letEnd,
} from "../hardware-encryption-scene";
import { Resource, runOn } from "../harness";
import { anotherProviderTakesOver, external, internal, REKEY } from "../master-key-scene";
import { otherAuthority, type Scene, SUBJECT } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const DAY = 86_400_000;
const CREATE = "CreatePublicPrivateKeyPair";
const named = { keyProviderName: "eks" };
const brokenLink = { action: { error: { name: "xKeyServerUnreachable", message: "no answer" } } };

lifecycleTable("MasterKey", masterKey, [
  {
    name: "says where the key goes, why, and what becomes inactive",
    stage: "attached",
    steps: [
      {
        up: external({ ...named, rotationTriggers: { quarter: "1" } }),
        did: "created",
        writes: [REKEY],
        says: [
          'cluster "default": will rekey to key provider 1 "eks", unless it already holds the master key',
          's: key provider 1 "eks" holds the master key',
        ],
      },
      { up: external({ ...named, rotationTriggers: { quarter: "1" } }), did: "unchanged", says: [] },
      {
        up: external({ ...named, rotationTriggers: { quarter: "2", site: "b" } }),
        did: "updated",
        writes: [REKEY],
        says: [
          'will rekey to a new key of key provider 1 "eks" (trigger quarter changed: 1 → 2, trigger site added: b)',
          's: key provider 1 "eks" holds the master key (trigger quarter changed: 1 → 2, trigger site added: b)',
        ],
      },
      {
        up: internal({ rotationTriggers: { quarter: "2", site: "b" } }),
        did: "updated",
        writes: [REKEY],
        says: [
          'will rekey from key provider 1 "eks" to internal keys (keyProvider changed); key provider 1 "eks" becomes inactive, unless hardware encryption',
          "s: internal keys hold the master key",
        ],
      },
      {
        up: external({ ...named, rotationTriggers: { quarter: "2", site: "b" } }),
        did: "updated",
        writes: [REKEY],
        says: [
          'will rekey from internal keys to key provider 1 "eks" (keyProvider changed)',
          's: key provider 1 "eks" holds the master key',
        ],
      },
    ],
  },
  {
    name: "says that there is no rekey, and when there will be one",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { a: "1", b: "1" } }), did: "created" },
      {
        up: external({ rotationTriggers: { a: "1" }, onDelete: "keep" }),
        did: "updated",
        says: ["no rekey: only what later runs do changes (rotationTriggers, onDelete); a destroy will leave the key"],
      },
      {
        up: external({ rotationTriggers: { a: "1" }, maxAge: "90d" }),
        did: "updated",
        says: ["(onDelete, maxAge); a new key is due on 20"],
      },
      {
        given: ({ run }) => run.clock.advance(91 * DAY),
        up: external({ rotationTriggers: { a: "1" }, maxAge: "90d" }),
        did: "updated",
        writes: [REKEY],
        says: [
          "will rekey to a new key of key provider 1 (the key in force is older than 90d)",
          "s: key provider 1 holds the master key (the key in force is older than 90d)",
        ],
      },
    ],
  },
  {
    name: "says what somebody did by hand",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { a: "1" } }), did: "created" },
      {
        given: ({ scene }) => scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 }),
        refresh: true,
        did: "refreshed",
        says: [],
      },
      {
        up: external({ rotationTriggers: { a: "2" } }),
        did: "updated",
        writes: [REKEY],
        says: [
          "will rekey to a new key of key provider 1 (trigger a changed: 1 → 2)",
          "s: key provider 1 holds the master key (trigger a changed: 1 → 2)",
        ],
      },
      {
        given: ({ scene }) => scene.rekeyByHand({ keyManagementType: "Internal" }),
        refresh: true,
        did: "refreshed",
      },
      {
        up: external({ rotationTriggers: { a: "2" } }),
        did: "updated",
        writes: [REKEY],
        says: [
          "will rekey from internal keys to key provider 1 (the holder was changed outside of this program)",
          "s: key provider 1 holds the master key",
        ],
      },
      { given: ({ scene }) => anotherProviderTakesOver(scene), refresh: true, did: "refreshed" },
      {
        up: external({ rotationTriggers: { a: "2" } }),
        failed: ["EKM_MASTER_KEY_HELD_ELSEWHERE"],
        says: [
          "will rekey from key provider 2 to key provider 1 (the holder was changed outside of this program)",
          "the rekey will be refused: key provider 2 holds the master key, and takeOver is not set",
        ],
      },
    ],
  },
  {
    name: "says that it resumes",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => scene.holdRekeys(),
        up: external({ deadlines: { create: 30 } }),
        failed: ["EKM_REKEY_DEADLINE"],
        incomplete: true,
        writes: [REKEY],
      },
      {
        given: ({ scene }) => scene.letRekeyEnd(),
        up: external(),
        did: "updated",
        says: ["will look how the rekey ended that was not seen to end"],
      },
    ],
  },
]);

lifecycleTable("HardwareEncryption", hardwareEncryption, [
  {
    name: "says who gets the key of the drives, and that they are unlocked for it",
    stage: "attached",
    steps: [
      {
        up: declared(),
        did: "created",
        writes: [ENABLE],
        says: [
          "will enable hardware encryption, with its key held by internal keys, unless that is so already; refused while another key provider holds its key",
          "s, with its key held by internal keys",
        ],
      },
      {
        up: drivesHeldByProvider(),
        did: "updated",
        writes: [DISABLE, ENABLE],
        says: [
          'cluster "default": will disable hardware encryption, and enable it again with its key held by key provider 1 instead of internal keys',
          "disabling hardware encryption first",
          "hardware encryption disabled in ",
          "s, with its key held by key provider 1",
        ],
      },
      { up: drivesHeldByProvider(), did: "unchanged", says: [] },
      {
        up: drivesHeldByProvider({ onDelete: "keep" }),
        did: "updated",
        says: ["hardware encryption stays as it is: only what later runs do changes"],
      },
    ],
  },
  {
    name: "says what is done about what somebody did by hand, and what is refused",
    stage: "encrypted",
    steps: [
      {
        up: drivesHeldByProvider({ adopt: "match", keyProviderName: "east" }),
        did: "created",
        says: ['with its key held by key provider 1 "east" is taken over; refused when it is off'],
      },
      { given: ({ scene }) => scene.switchByHand(DISABLE, {}), refresh: true, did: "refreshed", says: [] },
      {
        up: drivesHeldByProvider({ encryptionAtRestState: "disabled" }),
        did: "updated",
        says: ["hardware encryption stays as it is"],
      },
      {
        up: drivesHeldByProvider(),
        did: "updated",
        writes: [ENABLE],
        says: [
          "will enable hardware encryption, with its key held by key provider 1",
          "s, with its key held by key provider 1",
        ],
      },
      {
        given: async ({ scene }) => {
          await scene.addProvider();
          await scene.switchByHand(DISABLE, {});
          await scene.switchByHand(ENABLE, { keyProviderID: 2 });
        },
        refresh: true,
        did: "refreshed",
      },
      {
        up: drivesHeldByProvider(),
        failed: ["EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE"],
        says: [
          "with its key held by key provider 1 instead of key provider 2",
          "that will be refused: key provider 2 holds the key, and takeOver is not set",
        ],
      },
    ],
  },
  {
    name: "says that it resumes",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => hold(scene),
        up: declared({ deadlines: { create: 30 } }),
        failed: ["EKM_HARDWARE_ENCRYPTION_DEADLINE"],
        incomplete: true,
        writes: [ENABLE],
      },
      {
        given: ({ scene }) => letEnd(scene),
        up: declared(),
        did: "updated",
        says: ["will look how hardware encryption has changed, and do what is missing"],
      },
    ],
  },
]);

lifecycleTable("KeyPair", keyPair, [
  {
    name: "names the key servers whose certificates a new pair makes useless",
    stage: "attached",
    steps: [
      {
        up: { subject: { commonName: "other" }, regenerate: "1" },
        did: "created",
        writes: [CREATE],
        says: [
          'will make a new key pair, and the client certificates of key server 1 "by hand" of key provider 1 "by hand" become useless',
        ],
      },
      {
        up: { subject: { commonName: "other" }, regenerate: "2" },
        did: "updated",
        writes: [CREATE],
        says: ['key server 1 "by hand" of key provider 1 "by hand" become useless'],
      },
    ],
  },
  {
    name: "says that nothing relies on the pair",
    stage: "paired",
    steps: [
      { up: { subject: SUBJECT, regenerate: "1" }, did: "created", says: [] },
      {
        up: { subject: { commonName: "other" }, regenerate: "1" },
        did: "updated",
        writes: [CREATE],
        says: ["will make a new key pair; no key server has a certificate for the present one"],
      },
      {
        given: ({ scene }) => scene.byHand(CREATE, { commonName: "other" }),
        refresh: true,
        did: "refreshed",
      },
      {
        up: { subject: { commonName: "other" }, regenerate: "1" },
        did: "updated",
        says: ["the key pair was changed outside of this program, from public key"],
      },
    ],
  },
]);

lifecycleTable("KeyServer", keyServer, [
  {
    name: "shows certificates in words, and says what gives way to what",
    stage: "paired",
    steps: [
      {
        up: (scene) => scene.keyServerArguments(),
        did: "created",
        writes: ["CreateKeyServerKmip"],
        says: ['": the client certificate is "O=pulumi-ekm tests, CN=storage-1" (serial number 01'],
        inputs: {
          clientCertificateDescription: { subject: "O=pulumi-ekm tests, CN=storage-1" },
          caCertificateDescriptions: [{ subject: "O=pulumi-ekm tests, CN=Test Authority" }],
        },
      },
      {
        up: (scene) => scene.keyServerArguments(),
        did: "updated",
        writes: ["ModifyKeyServerKmip"],
        says: ['"main-'],
        afterwards: ({ run }) =>
          expect(run.lines.findLast(({ severity }) => severity === "info")?.message).toMatch(
            /^key server 1 "main-[0-9a-f]{7}": the client certificate "O=pulumi-ekm tests, CN=storage-1" \(serial number 01\w{30}, ends \S+\) gives way to ".*" \(serial number .*\): no rekey$/,
          ),
      },
      {
        up: async (scene) => {
          const { caCertificate, ...others } = await current(scene);
          return {
            ...others,
            caCertificate: caCertificate + otherAuthority.certificate,
            hostnames: ["127.0.0.1", "localhost"],
          };
        },
        did: "updated",
        writes: ["ModifyKeyServerKmip"],
        says: ["its own certificate will be verified with", "the cluster will contact the new address first"],
      },
    ],
  },
  {
    name: "says that it tests again",
    stage: "paired",
    steps: [
      {
        given: ({ scene }) => scene.cluster.faults.add({ method: "TestKeyServerKmip", count: 1, ...brokenLink }),
        up: (scene) => scene.keyServerArguments(),
        failed: ["EKM_KEY_SERVER_TEST"],
        incomplete: true,
        writes: ["CreateKeyServerKmip"],
      },
      { up: current, did: "updated", says: ["the last test of the connection failed, and it will be tested again"] },
    ],
  },
]);

async function current(scene: Scene) {
  const [server] = scene.cluster.state().keyServers;
  return { ...scene.keyServerAddress(), clientCertificate: server?.kmipClientCertificate ?? "" };
}

lifecycleTable("KeyProvider", keyProvider, [
  {
    name: "says that a rename is another provider",
    steps: [
      { up: { name: "eks" }, did: "created", writes: ["CreateKeyProviderKmip"], says: [] },
      {
        up: { name: "keys" },
        did: "replaced",
        writes: ["DeleteKeyProviderKmip", "CreateKeyProviderKmip"],
        says: ['Element cannot rename a key provider: "eks" is deleted, unless it is active by then, and "keys" made'],
      },
    ],
  },
]);

const ends = { keyProvider: "1", keyServer: "1", keyProviderName: "eks", keyServerName: "kms" };

lifecycleTable("KeyServerAttachment", keyServerAttachment, [
  {
    name: "says which provider loses its server",
    stage: "attached",
    steps: [
      { up: ends, did: "created", says: [] },
      {
        given: ({ scene }) => scene.byHand("CreateKeyProviderKmip", { keyProviderName: "second" }),
        up: { ...ends, keyProvider: "2", keyProviderName: "second" },
        did: "updated",
        writes: ["RemoveKeyServerFromProviderKmip", "AddKeyServerToProviderKmip"],
        says: [
          'key provider 1 "eks" is left without its key server, unless it is active by then; key provider 2 "second" gets key server 1 "kms"',
          "taking key server 1",
        ],
      },
    ],
  },
  {
    name: "says that it tests again, and of a move by hand which provider is meant",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => scene.cluster.faults.add({ method: "TestKeyProviderKmip", count: 1, ...brokenLink }),
        up: ends,
        failed: ["EKM_KEY_SERVER_TEST"],
        incomplete: true,
      },
      { up: ends, did: "updated", says: ['key provider 1 "eks": the last test failed, and it will be tested again'] },
    ],
  },
]);

describe("in a preview", () => {
  const theatre = useTheatre();

  test("what is not known yet is named by what is", async () => {
    const run = runOn(await theatre.scene("external"));
    const key = new Resource(masterKey, "MasterKey", run);
    await key.up(external({ keyProvider: "1", rotationTriggers: { a: "1" } }));
    run.next();
    run.lines.length = 0;
    await key.preview({
      ...external({ keyProviderName: "next", rotationTriggers: { a: UNKNOWN } }),
      keyProvider: UNKNOWN,
    });
    run.next();
    await key.preview(external({ rotationTriggers: { a: UNKNOWN } }));
    run.next();
    await key.preview(external({ rotationTriggers: UNKNOWN as never }));
    expect(run.lines.map(({ message }) => message)).toEqual([
      expect.stringContaining('will rekey from key provider 1 to key provider "next" (keyProvider changed)'),
      expect.stringContaining("(trigger a changed: 1 → a value that is not known yet)"),
      expect.stringContaining("(rotationTriggers are not known yet)"),
    ]);
    await run.close();
  });

  test("the values of secret triggers are not said", async () => {
    const run = runOn(await theatre.scene("external"));
    const key = new Resource(masterKey, "MasterKey", run);
    await key.up(external({ secretTriggers: true, rotationTriggers: { password: "canary-1" } }));
    run.next();
    await key.preview(
      external({ secretTriggers: true, rotationTriggers: { password: "canary-2", other: "canary-3" } }),
    );
    expect(run.lines.at(-1)?.message).toContain("(trigger password changed, trigger other added)");
    expect(JSON.stringify(run.lines)).not.toContain("canary");
    await run.close();
  });

  test("a certificate that nears its end is warned about, and shown in words before anything is created", async () => {
    const scene = await theatre.scene("paired");
    const run = runOn(scene);
    const server = new Resource(keyServer, "KeyServer", run);
    run.clock.advance(85 * DAY);
    const args = await scene.keyServerArguments();
    const { inputs } = await server.check(args);
    expect(inputs.clientCertificateDescription?.notAfter).toMatch(/^\d{4}-/);
    expect(run.lines.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      expect.stringMatching(/^warn caCertificate: certificate ".*" ends in 4 days, at .*: add its successor before$/),
      expect.stringMatching(/^warn clientCertificate: certificate ".*" ends in 4 days, at .*signed again/),
      expect.stringMatching(
        /^info key server "main-.*": the client certificate is ".*" \(serial number .*, ends .*\)$/,
      ),
    ]);
    const unknown = await server.check({ ...args, clientCertificate: UNKNOWN });
    expect(unknown.inputs.clientCertificateDescription).toBe(UNKNOWN);
    await run.close();
  });
});
