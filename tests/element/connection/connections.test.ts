import { configCommand } from "../../../provider/adapters/pulumi/config-command";
import { configuredConnections, type RawConfig } from "../../../provider/adapters/pulumi/connections";
import { ConnectionUnknownError, UNKNOWN } from "../../../provider/core/unknown";
import { element } from "../../../provider/systems/element/system";
import { MovedClock } from "../../kit/moved-clock";
import { PASSWORD } from "../stage";

const runtime = { clock: new MovedClock(), signal: new AbortController().signal, assertHostAlive: async () => {} };

const settings = (config: RawConfig, environment: NodeJS.ProcessEnv = {}, name = "default") =>
  configuredConnections(element, config, environment, runtime).connection(name).settings;

const from = (source: string, more: object = {}) => ({
  endpoint: "https://10.0.0.1",
  username: source,
  password: PASSWORD,
  ...more,
});
const json = (clusters: object) => JSON.stringify(clusters);

test.each<[string, RawConfig, object | undefined, string]>([
  ["stack configuration", { "ekm:clusters": json({ default: from("stack") }) }, undefined, "stack"],
  ["the environment", {}, { default: from("environment") }, "environment"],
  ["an explicit instance", { clusters: { default: from("instance") } }, undefined, "instance"],
  [
    "an instance before the stack",
    { clusters: { default: from("instance") }, "ekm:clusters": json({ default: from("stack") }) },
    undefined,
    "instance",
  ],
  [
    "fresh credentials for an instance",
    { clusters: { default: from("instance") } },
    { default: { username: "fresh" } },
    "fresh",
  ],
  [
    "fresh credentials for the stack",
    { "ekm:clusters": json({ default: from("stack") }) },
    { default: { username: "fresh" } },
    "fresh",
  ],
  [
    "a respelt endpoint",
    { clusters: { default: from("instance") } },
    { default: from("fresh", { endpoint: "HTTPS://10.0.0.1:443/" }) },
    "fresh",
  ],
  [
    "an endpoint of IPv6 in other words",
    { clusters: { default: from("instance", { endpoint: "https://[::ffff:10.0.0.1]" }) } },
    { default: from("fresh", { endpoint: "https://10.0.0.1:443" }) },
    "fresh",
  ],
  [
    "the stack for a name that an instance has not",
    { clusters: { east: from("instance") }, "ekm:clusters": json({ default: from("stack") }) },
    undefined,
    "stack",
  ],
])("a connection comes from %s", (_what, config, environment, username) => {
  const found = settings(config, environment === undefined ? {} : { EKM_CLUSTERS: json(environment) });
  expect(found).toMatchObject({ endpoint: expect.stringMatching(/10\.0\.0\.1|a00:1/), username, password: PASSWORD });
});

test("a byte order mark before EKM_CLUSTERS is passed over", () => {
  const environment = { EKM_CLUSTERS: `\ufeff${json({ default: from("environment") })}` };
  expect(settings({}, environment).username).toBe("environment");
});

test.each(["https://storage.example.com", "https://STORAGE.example.com.", "https://storage.example.com:443/"])(
  "an endpoint may have another spelling in the environment: %s",
  (endpoint) => {
    const config = { clusters: { default: from("instance", { endpoint: "https://storage.example.com." }) } };
    const environment = { EKM_CLUSTERS: json({ default: from("fresh", { endpoint }) }) };
    expect(settings(config, environment).username).toBe("fresh");
  },
);

/** What a secrets file, base64 or an editor adds. */
const STRAY: readonly [what: string, spell: (credential: string) => string, named: string][] = [
  ["a line feed", (credential) => `${credential}\n`, "ends in a line break"],
  ["CR and LF", (credential) => `${credential}\r\n`, "ends in a line break"],
  ["CR alone", (credential) => `${credential}\r`, "ends in a line break"],
  ["a line feed before", (credential) => `\n${credential}`, "begins with a line break"],
  ["a byte order mark", (credential) => `\ufeff${credential}`, "begins with a byte order mark"],
];
test.each(STRAY)("a credential that has %s too many is named and not shown, whatever its source", (_, spell, named) => {
  for (const property of ["username", "password"]) {
    const given = { default: { ...from(PASSWORD), [property]: spell(PASSWORD) } };
    const sources: [RawConfig, NodeJS.ProcessEnv][] = [
      [{ clusters: given }, {}],
      [{ "ekm:clusters": json(given) }, {}],
      [{}, { EKM_CLUSTERS: json(given) }],
      [{ clusters: { default: from("x") } }, { EKM_CLUSTERS: json(given) }],
    ];
    for (const [config, environment] of sources) {
      expect(() => settings(config, environment)).toThrow(
        expect.objectContaining({
          code: "EKM_CONNECTION_CONFIGURATION",
          message: expect.stringMatching(
            new RegExp(`^(?!.*${PASSWORD})reading .* to cluster "default": ${property} ${named}`),
          ),
        }),
      );
    }
  }
});

test("the environment freshens a password and nothing else", () => {
  const config = { clusters: { default: from("instance", { password: "old", fingerprint256: "ab".repeat(32) }) } };
  const environment = { EKM_CLUSTERS: json({ default: { password: PASSWORD, insecure: true } }) };
  expect(settings(config, environment)).toMatchObject({
    username: "instance",
    password: PASSWORD,
    fingerprint256: "ab".repeat(32),
    insecure: undefined,
  });
});

test.each<[string, object, object]>([
  ["digits", { username: 100234, password: 20240131 }, { username: "100234", password: "20240131" }],
  ["a truth value", { username: true }, { username: "true" }],
  ["null", { caCertificate: null, fingerprint256: null, insecure: true }, { caCertificate: undefined, insecure: true }],
])("%s: what JSON makes of a text is taken as that text, and null as left out", (_what, members, expected) => {
  expect(settings({ clusters: { default: from("x", members) } })).toMatchObject(expected);
});

test("clusters may have the names of a connection's members", () => {
  expect(settings({ clusters: { password: from("x") } }, {}, "password")).toMatchObject({ username: "x" });
});

test.each([
  ["default", "ekm:clusters.default.endpoint"],
  ["storage-1.example.com", `'ekm:clusters["storage-1.example.com"].endpoint'`],
  [`it's "x" $HOME`, `'ekm:clusters["it'\\''s \\"x\\" $HOME"].endpoint'`],
  ["1st", `'ekm:clusters["1st"].endpoint'`],
])("the way out for %s is a command that works as it stands", (name, path) => {
  expect(() => settings({}, {}, name)).toThrow(`configure it: pulumi config set --path ${path} https://HOST && pulumi`);
});

test.each([
  ["admin", "ekm:clusters.default.username admin"],
  ["100234", "--type string ekm:clusters.default.username 100234"],
  ["-1", "--type string ekm:clusters.default.username -- -1"],
  ["TRUE", "--type string ekm:clusters.default.username TRUE"],
])("a user %s is stored as text", (username, words) => {
  expect(configCommand("clusters", "default", "username", username)).toBe(`pulumi config set --path ${words}`);
});

const secretive = `https://admin:${PASSWORD}@10.0.0.2`;

test.each<[string, RawConfig, string | undefined, string, string]>([
  ["no connection", {}, undefined, "EKM_CONNECTION_NOT_CONFIGURED", "ekm:clusters.default.endpoint"],
  [
    "another name",
    { clusters: { east: from("x"), ...{ north: null } }, "ekm:clusters": json({ west: from("y") }) },
    undefined,
    "EKM_CONNECTION_NOT_CONFIGURED",
    'those that are: "east", "west". Give',
  ],
  [
    "another endpoint in the environment",
    { clusters: { default: from("x") } },
    json({ default: from("y", { endpoint: secretive }) }),
    "EKM_CONNECTION_CONFIGURATION",
    "https://10.0.0.2",
  ],
  [
    "broken JSON",
    {},
    `{"default": {"password": "${PASSWORD}"`,
    "EKM_CONNECTION_CONFIGURATION",
    "EKM_CLUSTERS is not valid JSON",
  ],
  [
    "UTF-16 of which a shell dropped the zeros",
    {},
    `\ufffd\ufffd{"default": {"password": "${PASSWORD}"}}`,
    "EKM_CONNECTION_CONFIGURATION",
    "EKM_CLUSTERS is in UTF-16",
  ],
  [
    "broken JSON of the stack",
    { "ekm:clusters": `${PASSWORD}` },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "ekm:clusters is not valid JSON",
  ],
  ["a list", { clusters: [from("x")] }, undefined, "EKM_CONNECTION_CONFIGURATION", "is no object"],
  [
    "a text for a cluster",
    { clusters: { default: PASSWORD } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "no object under this name",
  ],
  [
    "no endpoint",
    { clusters: { default: from("x", { endpoint: undefined }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "endpoint is missing",
  ],
  ["no user", { clusters: { default: from("") } }, undefined, "EKM_CONNECTION_CONFIGURATION", "username is missing"],
  [
    "no password",
    { clusters: { default: from("x", { password: [7] }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "password is missing",
  ],
  [
    "null for a user",
    { clusters: { default: from("x", { username: null }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "username is missing",
  ],
  [
    "a user name of more digits than a number can have",
    {
      "ekm:clusters": `{"default": {"endpoint": "https://10.0.0.1", "username": 12345678901234567890, "password": "x"}}`,
    },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "username is a number, and one that cannot be read as it was written. Store it as text: in quotes, or with pulumi config set --path --type string ekm:clusters.default.username",
  ],
  [
    "a misspelt member",
    { clusters: { default: from("x", { fingerprint: "ab".repeat(32) }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    'has "fingerprint" under this name, which no connection has: did you mean "fingerprint256"? A connection has endpoint, username,',
  ],
  [
    "a misspelt member in the environment",
    { clusters: { default: from("x") } },
    json({ default: { pasword: PASSWORD } }),
    "EKM_CONNECTION_CONFIGURATION",
    'EKM_CLUSTERS has "pasword" under this name, which no connection has: did you mean "password"?',
  ],
  [
    "a member that is like no other",
    { clusters: { default: from("x", { verify: true }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    'has "verify" under this name, which no connection has. A connection has',
  ],
  [
    "a connection for connections by name",
    {},
    json(from("x")),
    "EKM_CONNECTION_CONFIGURATION",
    'EKM_CLUSTERS is one connection, and not connections by name. Give an object of connections by cluster name: {"default":',
  ],
  [
    "a connection of the stack for connections by name",
    { "ekm:clusters": json({ endpoint: "https://10.0.0.1" }) },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "the stack configuration ekm:clusters is one connection",
  ],
  [
    "plain HTTP",
    { clusters: { default: from("x", { endpoint: "http://10.0.0.1" }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "https://host",
  ],
  [
    "a path",
    { clusters: { default: from("x", { endpoint: "https://10.0.0.1/json-rpc/12.3" }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "https://host",
  ],
  [
    "credentials in the endpoint",
    { clusters: { default: from("x", { endpoint: secretive }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "https://host",
  ],
  [
    "two ways to verify",
    { clusters: { default: from("x", { insecure: true, fingerprint256: "ab".repeat(32) }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "more than one",
  ],
  [
    "half a fingerprint",
    { clusters: { default: from("x", { fingerprint256: "ab:cd" }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "SHA-256",
  ],
  [
    "a certificate that is no text",
    { clusters: { default: from("x", { caCertificate: 1 }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "caCertificate",
  ],
  [
    "a malformed certificate",
    { clusters: { default: from("x", { caCertificate: "-----BEGIN CERTIFICATE-----\nabc" }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "caCertificate is no certificate in PEM",
  ],
  [
    "a certificate in UTF-16",
    {
      clusters: { default: from("x", { caCertificate: Buffer.from("-----BEGIN CERTIFICATE", "utf16le").toString() }) },
    },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "iconv -f utf-16",
  ],
  [
    "a private key for a certificate",
    { clusters: { default: from("x", { caCertificate: `-----BEGIN PRIVATE KEY-----\n${PASSWORD}` }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "caCertificate is no certificate in PEM",
  ],
  [
    "insecure in words",
    { clusters: { default: from("x", { insecure: "yes" }) } },
    undefined,
    "EKM_CONNECTION_CONFIGURATION",
    "insecure",
  ],
])("%s is refused without a password in the message", (_what, config, environment, code, word) => {
  let refusal: (Error & { code?: string }) | undefined;
  try {
    settings(config, { EKM_CLUSTERS: environment });
  } catch (error) {
    refusal = error as Error;
  }
  expect(refusal).toMatchObject({ code, message: expect.stringContaining(word) });
  expect(`${refusal?.message} ${JSON.stringify(refusal)} ${refusal?.stack}`).not.toContain(PASSWORD);
});

test.each<[string, RawConfig]>([
  ["as a whole", { clusters: UNKNOWN }],
  ["at some depth", { clusters: { default: from("x", { endpoint: UNKNOWN }) } }],
])("a configuration that is unknown %s is no failure of its own", (_what, config) => {
  expect(() => settings(config)).toThrow(ConnectionUnknownError);
});

test("a cluster is one connection for the whole process", () => {
  const connections = configuredConnections(element, { clusters: { default: from("x") } }, {}, runtime);
  expect(connections.connection("default")).toBe(connections.connection("default"));
});

test("the names of all sources are told once each", () => {
  const config = { clusters: { east: from("instance") }, "ekm:clusters": json({ west: from("stack"), east: {} }) };
  const environment = { EKM_CLUSTERS: json({ default: from("environment"), west: { username: "fresh" } }) };
  const names = (given: RawConfig, env: NodeJS.ProcessEnv = {}) =>
    configuredConnections(element, given, env, runtime).names();
  expect(names(config, environment)).toEqual(["east", "default", "west"]);
  expect(names({})).toEqual([]);
  expect(() => names({ "ekm:clusters": `{"default": "${PASSWORD}` })).toThrow(
    /^reading the configuration of connections: the stack configuration ekm:clusters is not valid JSON\./,
  );
});
