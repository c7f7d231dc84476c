import { issue, makeAuthority, publicKeyOf } from "../../kit/certificates";
import { closeAll } from "../../simulator/cleanup";
import { CLUSTER, createSpec, PROVIDERS, serverSpec } from "./rest-caller";
import { fingerprintOf, startKeyServer, startWithCallers } from "./vcenters";

afterEach(closeAll);

const KP = `${PROVIDERS}/kp`;

test("the clusters are listed, by id and by state, and one of them is asked for and disabled", async () => {
  const { rest } = await startWithCallers({ trustAuthorityClusters: 2 });
  const all = [
    { cluster: "domain-c8", state: "ENABLE" },
    { cluster: "domain-c9", state: "ENABLE" },
  ];
  const path = "/vcenter/trusted-infrastructure/trust-authority-clusters";
  expect((await rest.send(`GET ${path}`)).json).toEqual(all);
  expect((await rest.send(`GET ${path}?cluster=domain-c9`)).json).toEqual([all[1]]);
  expect(await rest.result(`GET ${CLUSTER}/kms/service-status`)).toEqual({ health: "OK", details: [] });
  await rest.result(`PATCH ${CLUSTER}`, { state: "DISABLE" });
  expect((await rest.send(`GET ${path}?state=DISABLE`)).json).toEqual([{ cluster: "domain-c8", state: "DISABLE" }]);
  expect((await rest.send(`GET ${CLUSTER}`)).json).toEqual({ cluster: "domain-c8", state: "DISABLE" });
  expect(await rest.result(`GET ${CLUSTER}/kms/service-status`)).toMatchObject({ health: "ERROR", details: [{}] });
  expect(await rest.send(`GET ${path}/domain-c1`)).toMatchObject({ status: 404 });
});

test("a provider is made, told without its name and secrets, changed in part, and deleted", async () => {
  const { vcenter, rest } = await startWithCallers();
  await rest.create("kp", 5696, { proxy_server: { hostname: "proxy" }, connection_timeout: 7 });
  await rest.result(`PUT ${KP}/credential`, "hush");
  const address = { hostname: "127.0.0.1", port: 5696 };
  const kmip_server = { servers: [{ name: "kms", address }] };
  const key_server = {
    ...{ type: "KMIP", description: "", proxy_server: { hostname: "proxy" }, connection_timeout: 7, kmip_server },
  };
  expect(await rest.result(`GET ${KP}`)).toEqual({ master_key_id: "8", key_server, status: expect.anything() });
  await rest.result(`PATCH ${KP}`, { master_key_id: "9", key_server: { description: "vault" } });
  await rest.result(`PATCH ${KP}`, { key_server: { type: "KMIP", kmip_server: { username: "vc" } } });
  const changed = { ...key_server, description: "vault", kmip_server: { ...kmip_server, username: "vc" } };
  expect(await rest.result(`GET ${KP}`)).toMatchObject({ master_key_id: "9", key_server: changed });
  const servers = [serverSpec("b", 1), { name: "c", address: { hostname: "c" } }];
  await rest.result(`PATCH ${KP}`, { key_server: { type: "KMIP", kmip_server: { servers } } });
  expect((await rest.result(`GET ${KP}`)).key_server.kmip_server).toEqual({
    servers: [servers[0], { name: "c", address: { hostname: "c", port: 5696 } }],
    username: "vc",
  });
  expect(JSON.stringify([vcenter.state(), vcenter.requests])).not.toContain("hush");
  await rest.result(`DELETE ${KP}`);
  expect(await rest.task(`GET ${KP}`)).toMatchObject({ error: "NOT_FOUND" });
  expect(await rest.result(`GET ${PROVIDERS}`)).toEqual([]);
});

const spec = (key_server: object) => ({ provider: "kp2", master_key_id: "8", key_server });
const kmip_server = { servers: [serverSpec("a", 1)] };

test.each<[line: string, body: unknown, outcome: object]>([
  [`POST ${PROVIDERS}`, createSpec("kp", 1), { error: "ALREADY_EXISTS" }],
  [`POST ${PROVIDERS}`, createSpec("standard", 1), { error: "ALREADY_EXISTS" }],
  [`POST ${PROVIDERS.replace("c8", "c1")}`, createSpec("kp2", 1), { error: "NOT_FOUND" }],
  [`POST ${PROVIDERS}`, createSpec("", 1), { error: "INVALID_ARGUMENT" }],
  [`POST ${PROVIDERS}`, { provider: "kp2" }, { error: "INVALID_ARGUMENT", message: "master_key_id is required." }],
  [`POST ${PROVIDERS}`, spec({ type: "KMIP" }), { error: "INVALID_ARGUMENT", message: /kmip_server/ }],
  [`POST ${PROVIDERS}`, spec({ kmip_server }), { error: "INVALID_ARGUMENT", message: /type/ }],
  [`POST ${PROVIDERS}`, spec({ type: "HTTP", kmip_server }), { error: "INVALID_ARGUMENT", message: /one of KMIP/ }],
  [`POST ${PROVIDERS}`, spec({ type: "KMIP", kmip_server: { servers: [] } }), { error: "INVALID_ARGUMENT" }],
  [
    `POST ${PROVIDERS}`,
    spec({ type: "KMIP", kmip_server: { servers: [{ name: "a" }] } }),
    { message: /servers\[0\]\.address is/ },
  ],
  [
    `POST ${PROVIDERS}`,
    spec({ type: "KMIP", kmip_server: { servers: [serverSpec("a", 0)] } }),
    { message: /port must be/ },
  ],
  [
    `POST ${PROVIDERS}`,
    spec({ type: "KMIP", kmip_server: { servers: [serverSpec("a", 1), serverSpec("a", 2)] } }),
    { error: "INVALID_ARGUMENT", message: /same name/ },
  ],
  [
    `POST ${PROVIDERS}`,
    spec({ type: "KMIP", kmip_server, password: "x" }),
    { error: "UNEXPECTED_INPUT", message: /password/ },
  ],
  [`POST ${PROVIDERS}`, [], { error: "INVALID_ARGUMENT" }],
  [`PATCH ${KP}`, { key_server: { kmip_server } }, { error: "INVALID_ARGUMENT", message: /type/ }],
  [`PATCH ${KP}`, { key_server: { type: "KMIP", kmip_server: { servers: [] } } }, { error: "INVALID_ARGUMENT" }],
  [`PATCH ${KP}`, { provider: "other" }, { error: "UNEXPECTED_INPUT" }],
  [`PATCH ${PROVIDERS}/none`, {}, { error: "NOT_FOUND" }],
  [`PUT ${KP}/credential`, { password: "x" }, { error: "INVALID_ARGUMENT" }],
  [`GET ${KP}/client-certificate`, undefined, { error: "NOT_FOUND" }],
  [`GET ${KP}/client-certificate/csr`, undefined, { error: "NOT_FOUND" }],
  [`PATCH ${KP}/client-certificate`, { certificate: "no PEM" }, { error: "INVALID_ARGUMENT" }],
  [`PATCH ${KP}/client-certificate`, {}, { message: /certificate is required/ }],
  [`PATCH ${KP}/peer-certs/trusted`, { certificates: ["no PEM"] }, { error: "INVALID_ARGUMENT" }],
])("%s with %j is refused", async (line, body, { message, ...outcome }: { message?: string | RegExp }) => {
  const { rest, soap } = await startWithCallers();
  await rest.create("kp", 1);
  await soap.register("standard", 1);
  const refused = await rest.task(line, body);
  expect(refused).toMatchObject({ error: expect.any(String), ...outcome });
  if (message !== undefined) expect(refused.message).toMatch(message);
});

test.each([
  [{ emptyTextClears: true } as const, { description: "", username: undefined }],
  [{ emptyTextClears: false } as const, { description: "old", username: "vc" }],
])("with %j an empty text leaves %j", async (switches, { description, username }) => {
  const { rest } = await startWithCallers({ switches });
  await rest.create("kp", 1, { description: "old", kmip_server: { ...kmip_server, username: "vc" } });
  const empty = { type: "KMIP", description: "", kmip_server: { username: "" } };
  await rest.result(`PATCH ${KP}`, { key_server: empty });
  const { key_server } = await rest.result(`GET ${KP}`);
  expect(key_server.description).toBe(description);
  expect(key_server.kmip_server.username).toBe(username);
});

test("trust in both directions, by a request that is signed: what health says is seen at the key server", async () => {
  const { rest } = await startWithCallers();
  const { authority, certificate, port } = await startKeyServer();
  await rest.create("kp", port);
  const status = async () => (await rest.result(`GET ${KP}`)).status;
  const bad = { name: "kms", health: "ERROR", client_trust_server: false, server_trust_client: false };
  expect(await status()).toMatchObject({ health: "ERROR", servers: [{ ...bad, details: [{ args: [] }] }] });

  const [current] = await rest.result(`GET ${KP}/peer-certs/current`);
  expect(current).toMatchObject({ server_name: "kms", error_messages: [], trusted: false });
  expect(fingerprintOf(current.certificate)).toBe(fingerprintOf(certificate));
  await rest.result(`PATCH ${KP}/peer-certs/trusted`, { certificates: [current.certificate] });
  expect(await rest.result(`GET ${KP}/peer-certs/current?trusted=true&server_names=kms`)).toHaveLength(1);
  expect(await rest.result(`GET ${KP}/peer-certs/current?trusted=false`)).toEqual([]);
  expect(await rest.result(`GET ${KP}/peer-certs/current?server_names=other`)).toEqual([]);
  expect((await status()).servers).toMatchObject([{ client_trust_server: true, server_trust_client: false }]);

  await rest.result(`POST ${KP}/client-certificate`);
  const { certificate: generated } = await rest.result(`GET ${KP}/client-certificate`);
  const [server] = (await status()).servers;
  expect(server).toMatchObject({ client_trust_server: true, server_trust_client: false });
  expect(server.details[0].default_message).toMatch(/does not trust the client certificate/);

  const { csr: lost } = await rest.result(`POST ${KP}/client-certificate/csr`);
  const { csr } = await rest.result(`POST ${KP}/client-certificate/csr`);
  expect(await rest.result(`GET ${KP}/client-certificate/csr`)).toEqual({ csr });
  const sign = (request: string) =>
    issue(authority, { commonName: "vcenter", usage: "client", publicKey: publicKeyOf(request) }).cert;
  const refused = await rest.task(`PATCH ${KP}/client-certificate`, { certificate: sign(lost) });
  expect(refused).toMatchObject({ error: "INVALID_ARGUMENT", message: expect.stringContaining("another key") });
  expect(await rest.result(`GET ${KP}/client-certificate`)).toEqual({ certificate: generated });
  await rest.result(`PATCH ${KP}/client-certificate`, { certificate: sign(csr) });
  const good = { name: "kms", health: "OK", details: [], client_trust_server: true, server_trust_client: true };
  expect(await status()).toEqual({ health: "OK", details: [], servers: [good] });
  expect(await rest.result(`GET ${PROVIDERS}`)).toEqual([{ provider: "kp", health: "OK" }]);

  await rest.result(`PATCH ${KP}/peer-certs/trusted`, {});
  expect((await status()).health).toBe("OK");
  const stranger = makeAuthority().certificate;
  await rest.result(`PATCH ${KP}/peer-certs/trusted`, { certificates: [stranger] });
  expect(await rest.result(`GET ${KP}/peer-certs/trusted`)).toEqual({ certificates: [stranger] });
  expect(await status()).toMatchObject({ health: "ERROR", servers: [bad] });
});

test("a pair that is uploaded is used with its key, which nobody gets back", async () => {
  const { vcenter, rest } = await startWithCallers();
  const { authority, certificate, port } = await startKeyServer();
  await rest.create("kp", port);
  await rest.result(`PATCH ${KP}/peer-certs/trusted`, { certificates: [certificate] });
  const pair = issue(authority, { commonName: "pair", usage: "client" });
  const other = issue(authority, { commonName: "other", usage: "client" });
  const upload = (key: string) =>
    rest.task(`PATCH ${KP}/client-certificate`, { certificate: pair.cert, private_key: key });
  expect(await upload(other.key)).toMatchObject({ error: "INVALID_ARGUMENT", message: /does not match/ });
  expect(await upload("no key")).toMatchObject({ error: "INVALID_ARGUMENT", message: /private key/ });
  expect(await upload(pair.key)).toEqual({});
  expect((await rest.result(`GET ${KP}`)).status.health).toBe("OK");
  expect(JSON.stringify([vcenter.state(), vcenter.requests])).not.toContain("PRIVATE KEY");
});

test("a server that is down has no certificate but a reason, and a mix of servers is as the switch says", async () => {
  const { vcenter, rest } = await startWithCallers();
  const { authority, certificate, port, server } = await startKeyServer();
  await rest.create("kp", port, { kmip_server: { servers: [serverSpec("up", port), serverSpec("down", 1)] } });
  await rest.result(`PATCH ${KP}/peer-certs/trusted`, { certificates: [certificate] });
  const { cert, key } = issue(authority, { commonName: "vcenter", usage: "client" });
  await rest.result(`PATCH ${KP}/client-certificate`, { certificate: cert, private_key: key });
  expect(await rest.result(`GET ${KP}/peer-certs/current`)).toMatchObject([
    { server_name: "up", trusted: true },
    {
      server_name: "down",
      trusted: false,
      error_messages: [{ default_message: expect.stringContaining("ECONNREFUSED") }],
    },
  ]);
  const health = async () => (await rest.result(`GET ${KP}`)).status.health;
  expect(await health()).toBe("WARNING");
  for (const mixedHealth of ["OK", "ERROR"] as const) {
    vcenter.switches.mixedHealth = mixedHealth;
    expect(await health()).toBe(mixedHealth);
  }
  await server.close();
  vcenter.switches.mixedHealth = "OK";
  expect(await health()).toBe("ERROR");
});

test("what is told of health is as old as the lag, and nothing is known after a change", async () => {
  const { clock, vcenter, rest } = await startWithCallers({ healthLagSeconds: 60, switches: { healthLagSeconds: 60 } });
  const { authority, certificate, port, server } = await startKeyServer();
  const health = async () => (await rest.result(`GET ${KP}`)).status.health;
  await rest.create("kp", port);
  await rest.result(`PATCH ${KP}/peer-certs/trusted`, { certificates: [certificate] });
  const { cert, key } = issue(authority, { commonName: "vcenter", usage: "client" });
  await rest.result(`PATCH ${KP}/client-certificate`, { certificate: cert, private_key: key });
  expect(await health()).toBe("NONE");
  clock.advance({ seconds: 60 });
  expect(await health()).toBe("OK");
  await server.close();
  expect(await health()).toBe("OK");
  vcenter.switches.healthAfterChange = "before";
  await rest.result(`PATCH ${KP}`, { master_key_id: "9" });
  expect(await health()).toBe("OK");
  clock.advance({ seconds: 60 });
  expect(await health()).toBe("ERROR");
});

test.each([
  [
    { missingCertificate: "empty" } as const,
    `GET ${KP}/client-certificate`,
    undefined,
    { result: { certificate: "" } },
  ],
  [
    { certificateWithoutKey: "refuse" } as const,
    `PATCH ${KP}/client-certificate`,
    { certificate: "x" },
    { error: "INVALID_ARGUMENT" },
  ],
  [
    { emptyServerList: true } as const,
    `PATCH ${KP}`,
    { key_server: { type: "KMIP", kmip_server: { servers: [] } } },
    {},
  ],
])("with %j %s comes to something else", async (switches, line, body, outcome) => {
  const { rest } = await startWithCallers({ switches });
  await rest.create("kp", 1);
  expect(await rest.task(line, body)).toMatchObject(outcome);
});

test("a certificate for another request may be taken, and is of no use then", async () => {
  const { rest } = await startWithCallers({ switches: { mismatchedCertificate: "accept" } });
  const { authority, certificate, port } = await startKeyServer();
  await rest.create("kp", port);
  await rest.result(`PATCH ${KP}/peer-certs/trusted`, { certificates: [certificate] });
  const { cert } = issue(authority, { commonName: "lost", usage: "client" });
  await rest.result(`PATCH ${KP}/client-certificate`, { certificate: cert });
  const { health, servers } = (await rest.result(`GET ${KP}`)).status;
  expect({ health, servers }).toMatchObject({ health: "ERROR", servers: [{ server_trust_client: false }] });
});

test("a trusted authority vouches for what it has signed only where the switch says so", async () => {
  const { vcenter, rest } = await startWithCallers();
  const { authority, port } = await startKeyServer();
  await rest.create("kp", port);
  await rest.result(`PATCH ${KP}/peer-certs/trusted`, { certificates: [authority.certificate] });
  const trusted = async () => (await rest.result(`GET ${KP}/peer-certs/current`))[0].trusted;
  expect(await trusted()).toBe(false);
  vcenter.switches.trustsIssued = true;
  expect(await trusted()).toBe(true);
});
