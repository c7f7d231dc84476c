import { Connections, type Sources } from "../../provider/connections/by-name";
import { identityOf } from "../../provider/connections/identity";
import { inFull } from "../../provider/core/errors";
import type { ConnectionRuntime, System } from "../../provider/core/system";
import { MovedClock } from "../kit/moved-clock";

/** A system that is none of ours: it is called otherwise, has other settings, and lets the environment freshen other ones. */
interface VaultSettings {
  endpoint: string;
  instance: string;
  apiKey: string;
  region?: string;
}

interface Vault {
  place: { noun: string; name: string };
  settings: VaultSettings;
  closed: boolean;
}

const vault: System<VaultSettings, Vault> = {
  noun: "vault",
  configurationKey: "vaults",
  environmentVariable: "EKM_VAULTS",
  settings: {
    endpoint: { required: true, placeholder: "https://HOST" },
    instance: { required: true, placeholder: "GUID" },
    apiKey: { required: true, secret: true },
    region: {},
  },
  freshened: { members: ["apiKey"], inWords: "API key" },
  validated(given, complain, { shape, howToKeepText }) {
    const { endpoint, instance, apiKey, region } = given;
    if (typeof instance !== "string")
      throw complain("instance is no text", `keep it as text: ${howToKeepText("instance")}`);
    if (endpoint === undefined || apiKey === undefined) throw complain("a setting is missing", shape);
    return { endpoint, instance, apiKey, region };
  },
  account: ({ instance, apiKey }) => [instance, apiKey],
  open(name, settings) {
    const opened = { place: { noun: "vault", name }, settings, closed: false };
    return Object.assign(opened, {
      async close() {
        opened.closed = true;
      },
    });
  },
  identity: { inWords: "GUID", recordedAs: "instanceGuid", of: async ({ settings }) => settings.instance },
  calls: { listKeys: { effect: "read", since: "2.0" } },
};

const runtime: ConnectionRuntime = {
  clock: new MovedClock(),
  signal: new AbortController().signal,
  assertHostAlive: async () => {},
};

const connectionsIn = (given: { explicit?: unknown; environment?: unknown; stack?: unknown }) => {
  const sources: Sources = {
    explicit: { label: "the block's vaults", value: given.explicit },
    environment: { label: "EKM_VAULTS", value: given.environment },
    stack: { label: "the file's vaults", value: given.stack },
    variables: {},
    howToConfigure: (name) => `write a block for ${name}`,
    howToKeepText: (name, member) => `put ${member} of ${name} in quotes`,
  };
  return new Connections(vault, sources, runtime);
};

const east = { endpoint: "https://192.0.2.1", instance: "b1946ac9", apiKey: "an API key of the east" };

test.each<[string, Parameters<typeof connectionsIn>[0], object]>([
  ["what is given for some", { explicit: { east }, stack: { east: { ...east, instance: "other" } } }, east],
  ["what is given for all", { stack: JSON.stringify({ east }) }, east],
  ["the environment alone", { environment: JSON.stringify({ east }) }, east],
  [
    "what the environment may freshen, and nothing else of it",
    { stack: { east }, environment: { east: { apiKey: "a new one", region: "elsewhere" } } },
    { ...east, apiKey: "a new one" },
  ],
])("the settings are those of %s", (_, given, settings) => {
  expect(connectionsIn(given).connection("east").settings).toEqual({ region: undefined, ...settings });
});

test.each<[string, Parameters<typeof connectionsIn>[0], string]>([
  [
    "no connection of the name",
    { stack: { west: east, north: east } },
    'EKM_CONNECTION_NOT_CONFIGURED: looking up the connection to vault "east": no connection of this name is configured; ' +
      'those that are: "west", "north". Give a name that is, or configure it: write a block for east.',
  ],
  [
    "a setting that no connection has",
    { stack: { east: { ...east, apikey: "x" } } },
    'EKM_CONNECTION_CONFIGURATION: reading the configuration of the connection to vault "east": the file\'s vaults has ' +
      '"apikey" under this name, which no connection has: did you mean "apiKey"? A connection has endpoint, instance, ' +
      "apiKey, region, and nothing else.",
  ],
  [
    "one connection in the place of many",
    { explicit: east },
    "the block's vaults is one connection, and not connections by name. Give an object of connections by vault name: " +
      '{"default": {"endpoint": …, "instance": …, "apiKey": …}}.',
  ],
  [
    "another endpoint in the environment",
    { stack: { east }, environment: { east: { endpoint: "https://192.0.2.9" } } },
    "EKM_VAULTS names the endpoint https://192.0.2.9, the configuration https://192.0.2.1. The environment may replace API " +
      "key only: leave the endpoint out there, or make both equal.",
  ],
  [
    "what the system itself refuses",
    { stack: { east: { ...east, instance: 17 } } },
    "instance is no text. Keep it as text: put instance of east in quotes.",
  ],
])("%s is refused in the words of the system and of its sources", (_, given, words) => {
  try {
    connectionsIn(given).connection("east");
    throw new Error("nothing was refused");
  } catch (error) {
    expect(inFull(error as never)).toContain(words);
  }
});

test("a connection is opened once, and closed with the others", async () => {
  const connections = connectionsIn({ stack: { east, west: east } });
  const opened = ["east", "west"].map((name) => connections.connection(name));
  expect(connections.connection("east")).toBe(opened[0]);
  await connections.close();
  expect(opened.map(({ closed }) => closed)).toEqual([true, true]);
});

test.each<[string, unknown, boolean]>([
  ["nothing", undefined, true],
  ["no secret", { east: { region: "elsewhere" } }, true],
  ["a secret", { east: { apiKey: "fresh" } }, false],
  ["what cannot be read", "{", false],
])("where the environment gives %s of a connection, whether it depends on what is declared", (_, given, depends) => {
  expect(connectionsIn({ stack: { east }, environment: given }).dependsOnDeclared("east")).toBe(depends);
});

test("another system at the address is refused, in the system's word for what tells it apart", async () => {
  const connection = connectionsIn({ stack: { east } }).connection("east");
  expect(await identityOf(vault, connection, undefined, "forget it")).toBe("b1946ac9");
  expect(await identityOf(vault, connection, "b1946ac9", "forget it")).toBe("b1946ac9");
  const refused = await identityOf(vault, connection, "591785b7", "forget it").catch((error) => error);
  expect(inFull(refused)).toBe(
    'EKM_CONNECTION_IDENTITY: comparing the vault\'s identity with the recorded one on vault "east": https://192.0.2.1 is the ' +
      "vault with GUID b1946ac9, but this resource is on 591785b7. Correct the connection's endpoint; if the recorded vault is " +
      "gone for good, forget it.",
  );
});
