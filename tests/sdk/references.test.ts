import * as pulumi from "@pulumi/pulumi";
import { element } from "../../sdk";
import { assertTogether } from "../../sdk/element/attachment-ends";
import { type Declared, declaredBy } from "./mocked-program";

/** As JavaScript gives them, with nobody to look at their types. */
const args = (given: object) => given as never;

const provider = (name: string, cluster?: string) => new element.KeyProvider(name, { cluster, name: `${name} shown` });

const server = (name: string, cluster?: string) =>
  new element.KeyServer(name, {
    ...{ cluster, name: `${name} shown`, hostnames: ["kms.example.com"] },
    ...{ caCertificate: "", clientCertificate: "" },
  });

const attachment = () => new element.KeyServerAttachment("main", { keyProvider: provider("keys"), keyServer: "7" });

/** Of the last resource of a program. */
const inputsOf = async (program: () => unknown): Promise<Declared["inputs"]> =>
  (await declaredBy(program)).at(-1)?.inputs;

test.each<[string, () => unknown, object]>([
  [
    "both ends of an attachment",
    () =>
      new element.KeyServerAttachment("main", {
        keyProvider: provider("keys", "east"),
        keyServer: server("kms", "east"),
      }),
    {
      cluster: "east",
      ...{ keyProvider: "keys-id", keyProviderName: "keys shown" },
      ...{ keyServer: "kms-id", keyServerName: "kms shown" },
    },
  ],
  [
    "the key server of an attachment",
    () => new element.KeyServerAttachment("main", { keyProvider: "1", keyServer: server("kms", "east") }),
    { cluster: "east", keyProvider: "1", keyServer: "kms-id", keyServerName: "kms shown" },
  ],
  [
    "the key provider of an attachment",
    () => new element.KeyServerAttachment("main", { keyProvider: provider("keys", "east"), keyServer: "2" }),
    { cluster: "east", keyProvider: "keys-id", keyProviderName: "keys shown", keyServer: "2" },
  ],
  [
    "neither end of an attachment",
    () => new element.KeyServerAttachment("main", { cluster: "east", keyProvider: "1", keyServer: pulumi.output("2") }),
    { cluster: "east", keyProvider: "1", keyServer: "2" },
  ],
  [
    "the attachment of a master key",
    () => new element.MasterKey("main", { attachment: attachment(), maxAge: "90d" }),
    { keyProvider: "keys-id", keyProviderName: "keys shown", maxAge: "90d" },
  ],
  ["no attachment of a master key", () => new element.MasterKey("main", { keyProvider: "1" }), { keyProvider: "1" }],
  [
    "the attachment of hardware encryption",
    () => new element.HardwareEncryption("main", { attachment: attachment(), keyProvider: undefined }),
    { keyProvider: "keys-id", keyProviderName: "keys shown" },
  ],
])("of resources among the arguments, ids and names are taken: %s", async (_, program, inputs) => {
  const { deadlines, onDelete, secretTriggers, ...given } = await inputsOf(program);
  const told = Object.entries(given).filter(([name]) => !name.startsWith("__"));
  expect(Object.fromEntries(told)).toEqual(inputs);
});

test.each<[string, () => unknown, string]>([
  [
    "an attachment as a key provider",
    () => new element.MasterKey("main", args({ keyProvider: attachment() })),
    'element.MasterKey "main": "keyProvider" is the id of a key provider: give its element.KeyServerAttachment as "attachment"',
  ],
  [
    "a key provider as a key provider",
    () => new element.HardwareEncryption("main", args({ keyProvider: provider("keys") })),
    'element.HardwareEncryption "main": "keyProvider" takes no element.KeyProvider, which may have no key server yet: give its',
  ],
  [
    "a key provider as an attachment",
    () => new element.MasterKey("main", args({ attachment: provider("keys") })),
    '"attachment" takes no element.KeyProvider, which may have no key server yet',
  ],
  [
    "another resource as a key provider",
    () => new element.MasterKey("main", args({ keyProvider: server("kms") })),
    '"keyProvider" is the id of a key provider, and no resource',
  ],
  [
    "an id as an attachment",
    () => new element.MasterKey("main", args({ attachment: "1" })),
    '"attachment" must be an element.KeyServerAttachment',
  ],
  [
    "both an attachment and a key provider",
    () => new element.MasterKey("main", { attachment: attachment(), keyProvider: "1" }),
    'element.MasterKey "main": "attachment" and "keyProvider" both say who holds the key: leave one of them out',
  ],
  [
    "a key server for the key provider of an attachment",
    () => new element.KeyServerAttachment("main", args({ keyProvider: server("kms"), keyServer: "1" })),
    'element.KeyServerAttachment "main": "keyProvider" takes an element.KeyProvider or the id of one, and no other resource',
  ],
  [
    "a logical name for the component's key provider",
    () => new element.ExternalKeyManagement("main", args({ keyProvider: "west" })),
    'element.ExternalKeyManagement "main": keyProvider is an object with names of the key provider: give keyProvider: { logicalName: "west" }',
  ],
])("what an argument cannot be is refused, with what to give instead: %s", async (_, declare, words) => {
  await declaredBy(() => {
    expect(declare).toThrow(pulumi.RunError);
    expect(declare).toThrow(words);
  });
});

describe("an attachment of ends on connections of two names", () => {
  const owner = 'element.KeyServerAttachment "main"';

  it("is on the cluster that both lead to", async () => {
    const ends = () => ({ keyProvider: provider("keys", "east"), keyServer: server("kms", "west") });
    const program = () => new element.KeyServerAttachment("main", ends());
    const declared = await declaredBy(program, () => ({ clusterUniqueID: "ab12" }));
    expect(declared.at(-1)?.inputs).toMatchObject({ cluster: "east", keyProvider: "keys-id", keyServer: "kms-id" });
  });

  it("is refused where they lead to two clusters", () => {
    const refused = () => assertTogether({ name: "east", uniqueID: "ab12" }, { name: "west", uniqueID: "cd34" }, owner);
    expect(refused).toThrow(
      `${owner}: "keyProvider" is on cluster "east", and "keyServer" on cluster "west": both must be`,
    );
  });
});
