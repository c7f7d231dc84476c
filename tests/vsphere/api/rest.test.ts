import type { ConnectedVcenter } from "../../../provider/systems/vsphere/api/vcenter";
import { trustedChanges } from "../../../provider/systems/vsphere/key-providers/trusted-changes";
import { trustAuthorityClusters, trustedKeyProviders } from "../../../provider/systems/vsphere/observed/trusted";
import { errorOf, failed, failureOf, refusal, running, type Sent, Service, started, succeeded } from "./service";

let service: Service;

beforeEach(async () => {
  service = await Service.start();
});
afterEach(() => service.close());

const CLUSTER = "domain-c8";
const PROVIDER = { cluster: CLUSTER, provider: "storage" };
const C = `/api/vcenter/trusted-infrastructure/trust-authority-clusters/${CLUSTER}/kms`;
const P = `${C}/providers/storage`;

const starts = () => service.asked.filter(({ path }) => !path.startsWith("/api/cis/tasks/"));
const polls = () => service.asked.filter(({ path }) => path.startsWith("/api/cis/tasks/"));

/** A call of each effect. */
const CALLS = {
  read: (vcenter: ConnectedVcenter) => vcenter.call("listKmsProviders", { cluster: CLUSTER }),
  idempotent: (vcenter: ConnectedVcenter) => vcenter.call("deleteKmsProvider", PROVIDER),
  create: (vcenter: ConnectedVcenter) => vcenter.call("createKmsClientCertificate", PROVIDER),
};
type Effect = keyof typeof CALLS;
const EFFECTS = Object.keys(CALLS) as Effect[];

describe("a call is tried again by what it does", () => {
  const once = { read: 1, idempotent: 1, create: 1 };
  const unlessCreate = { read: 6, idempotent: 6, create: 1 };
  const reads = { ...once, read: 6 };

  const AT_ONCE: [what: string, answer: Sent | "drop", tries: Record<Effect, number>, code: string][] = [
    ["HTTP 500 and nothing", { status: 500 }, reads, "EKM_CONNECTION_UNREACHABLE"],
    ["HTTP 503 and a page", { status: 503, body: "<html>" }, reads, "EKM_CONNECTION_UNREACHABLE"],
    ["a broken connection", "drop", reads, "EKM_CONNECTION_UNREACHABLE"],
    ["HTTP 503", refusal(503, "SERVICE_UNAVAILABLE", "Later."), unlessCreate, "EKM_VSPHERE_API"],
    ["a change by others", refusal(409, "CONCURRENT_CHANGE", "Changed."), unlessCreate, "EKM_VSPHERE_API"],
    ["a busy resource", refusal(400, "RESOURCE_BUSY", "Busy."), unlessCreate, "EKM_VSPHERE_API"],
    ["an error of its own", refusal(500, "ERROR", "Failed."), once, "EKM_VSPHERE_API"],
    ["HTTP 501", { status: 501 }, once, "EKM_VSPHERE_API"],
    ["HTTP 404 and a page", { status: 404, body: "<html>" }, once, "EKM_VSPHERE_API"],
    ["a refusal", refusal(400, "INVALID_ARGUMENT", "No."), once, "EKM_VSPHERE_API"],
    ["HTTP 403 and nothing", { status: 403 }, once, "EKM_PERMISSION_DENIED"],
    ["no privilege", refusal(403, "UNAUTHORIZED", "No."), once, "EKM_PERMISSION_DENIED"],
  ];

  test.each(AT_ONCE.flatMap((row) => EFFECTS.map((effect) => [...row, effect] as const)))(
    "%s at once",
    async (_what, answer, tries, code, effect) => {
      service.rest = () => answer;
      const failure = await failureOf(service, CALLS[effect](service.vcenter()));
      expect(failure.code).toBe(code);
      expect(starts()).toHaveLength(tries[effect]);
      expect(/\(tried (\d+) times\)/.exec(failure.message)?.[1] ?? "1").toBe(String(tries[effect]));
    },
  );

  const AS_A_TASK: [type: string, tries: Record<Effect, number>, code: string][] = [
    ["CONCURRENT_CHANGE", unlessCreate, "EKM_VSPHERE_API"],
    ["RESOURCE_BUSY", unlessCreate, "EKM_VSPHERE_API"],
    ["SERVICE_UNAVAILABLE", unlessCreate, "EKM_VSPHERE_API"],
    ["INVALID_ARGUMENT", once, "EKM_VSPHERE_API"],
    ["ALREADY_EXISTS", once, "EKM_VSPHERE_API"],
    ["NOT_FOUND", once, "EKM_VSPHERE_API"],
    ["UNAUTHORIZED", once, "EKM_PERMISSION_DENIED"],
  ];

  test.each(AS_A_TASK.flatMap((row) => EFFECTS.map((effect) => [...row, effect] as const)))(
    "%s as the end of a task",
    async (type, tries, code, effect) => {
      service.task = () => failed(type, "Not done.");
      const failure = await failureOf(service, CALLS[effect](service.vcenter()));
      expect(failure).toMatchObject({ code, message: expect.stringContaining(`${type}: Not done.`) });
      expect(starts()).toHaveLength(tries[effect]);
      expect(/\(tried (\d+) times\)/.exec(failure.message)?.[1] ?? "1").toBe(String(tries[effect]));
    },
  );
});

test.each(["ALREADY_EXISTS", "NOT_FOUND", "INVALID_ARGUMENT"])(
  "%s is the same error by HTTP and by the task",
  async (vendorName) => {
    service.rest = () => refusal(400, vendorName, "Not done.");
    await expect(CALLS.create(service.vcenter())).rejects.toMatchObject({ vendorName, name: "VsphereApiError" });
    service.rest = () => started("task");
    service.task = () => failed(vendorName, "Not done.");
    await expect(CALLS.create(service.vcenter())).rejects.toMatchObject({ vendorName, name: "VsphereApiError" });
  },
);

describe("a task", () => {
  test("is followed to its end, however often it says that it is not there yet", async () => {
    const ways = ["PENDING", "RUNNING", "BLOCKED", "RUNNING", "running"].map((status) => running(status));
    service.rest = () => started("52d0:a/b c#?");
    service.task = () => ways.shift() ?? succeeded([{ provider: "storage", health: "OK" }]);
    expect(await CALLS.read(service.vcenter())).toEqual([{ provider: "storage", health: "OK" }]);
    expect(polls().map(({ path }) => path)).toEqual(Array(6).fill("/api/cis/tasks/52d0%3Aa%2Fb%20c%23%3F"));
    expect(starts()).toHaveLength(1);
  });

  test("is looked at after a tenth of a second, and then less and less often, up to two minutes", async () => {
    const looked: number[] = [];
    const began = service.clock.now().getTime();
    service.task = () => {
      looked.push(service.clock.now().getTime());
      return running();
    };
    const { code } = await failureOf(service, CALLS.create(service.vcenter()));
    expect(code).toBe("EKM_TASK_DEADLINE");
    const waits = looked.slice(1).map((at, index) => at - (looked[index] ?? 0));
    expect(waits[0]).toBeGreaterThanOrEqual(100);
    expect(waits[0]).toBeLessThan(1_000);
    expect(Math.max(...waits)).toBeLessThan(7_000);
    expect(service.clock.now().getTime() - began).toBeGreaterThanOrEqual(120_000);
    expect(service.clock.now().getTime() - began).toBeLessThan(140_000);
    expect(looked.length).toBeLessThan(70);
    expect(starts()).toHaveLength(1);
  });

  test("that is forgotten is no failure of a write, which is not made twice", async () => {
    service.task = () => refusal(404, "NOT_FOUND", "No such task.");
    expect(await CALLS.create(service.vcenter())).toBeUndefined();
    expect(await CALLS.idempotent(service.vcenter())).toBeUndefined();
    expect(starts()).toHaveLength(2);
  });

  test("that is forgotten is asked for again by a read, three times at most", async () => {
    service.task = () => (polls().length < 3 ? refusal(404, "NOT_FOUND", "No such task.") : succeeded([]));
    expect(await CALLS.read(service.vcenter())).toEqual([]);
    expect(starts()).toHaveLength(3);
    service.task = () => refusal(404, "NOT_FOUND", "No such task.");
    expect(await failureOf(service, CALLS.read(service.vcenter()))).toMatchObject({ code: "EKM_UNEXPECTED_ANSWER" });
    expect(starts()).toHaveLength(6);
  });

  test("that nobody is asked about for a while is looked at again", async () => {
    service.task = () => (polls().length < 4 ? { status: 503 } : succeeded([]));
    expect(await CALLS.read(service.vcenter())).toEqual([]);
    expect(starts()).toHaveLength(1);
  });

  test.each<[string, object]>([
    ["nothing", { status: "FAILED" }],
    ["null", { status: "FAILED", error: null }],
    ["a text", { status: "FAILED", error: "no" }],
    ["an error without a type", { status: "FAILED", error: { messages: [] } }],
  ])("that fails with %s", async (_what, body) => {
    service.task = () => ({ body });
    expect(await failureOf(service, CALLS.create(service.vcenter()))).toMatchObject({ code: "EKM_TASK_FAILED" });
  });

  test("that fails may say why in its result", async () => {
    service.task = () => ({ body: { status: "FAILED", result: errorOf("INVALID_ARGUMENT", "Because.") } });
    expect(await failureOf(service, CALLS.create(service.vcenter()))).toMatchObject({
      code: "EKM_VSPHERE_API",
      message: expect.stringContaining("INVALID_ARGUMENT: Because. (its task failed)"),
    });
  });
});

describe("an answer that is a lie", () => {
  const PROVIDER_INFO = {
    master_key_id: "8",
    key_server: {
      type: "KMIP",
      description: "",
      kmip_server: { servers: [{ name: "one", address: { hostname: "kms" } }] },
    },
    status: { health: "OK", details: [], servers: [] },
  };
  const server = { name: "one", health: "OK", details: [], client_trust_server: true, server_trust_client: true };

  const STARTS: [string, Sent, string][] = [
    ["the object itself", { body: PROVIDER_INFO }, "the id of the task is an object"],
    ["no JSON", { status: 202, body: "task:1" }, "the id of the task is missing"],
    ["nothing", { status: 204 }, "the id of the task is missing"],
    ["a number", { status: 202, body: "17" }, "the id of the task is 17"],
    ["an empty text", { status: 202, body: '""' }, 'the id of the task is the text ""'],
  ];
  test.each(STARTS)("%s for a task", async (_what, answer, words) => {
    service.rest = () => answer;
    const failure = await failureOf(service, service.vcenter().call("getKmsProvider", PROVIDER));
    expect(failure).toMatchObject({ code: "EKM_UNEXPECTED_ANSWER", message: expect.stringContaining(words) });
  });

  const TASKS: [string, Sent, string][] = [
    ["a list", { body: [] }, "task is a list"],
    ["a page", { body: "<html>" }, "task is missing"],
    ["no status", { body: {} }, "task.status is missing"],
    ["a status that nobody knows", running("DONE"), 'task.status is the text "DONE"'],
    ["a success without a result", succeeded(), "result is missing"],
    ["a success with an error", { body: { status: "SUCCEEDED", error: errorOf("ERROR", "") } }, "task.error is"],
    ["a result of another kind", succeeded([]), "result is a list"],
    ["no key", succeeded({ ...PROVIDER_INFO, master_key_id: "" }), "result.master_key_id is"],
    [
      "no servers",
      succeeded({ ...PROVIDER_INFO, key_server: { type: "KMIP", kmip_server: {} } }),
      "result.key_server.kmip_server.servers is missing",
    ],
    [
      "no KMIP",
      succeeded({ ...PROVIDER_INFO, key_server: { type: "HTTP" } }),
      'result.key_server.type is the text "HTTP"',
    ],
    [
      "a health that nobody knows",
      succeeded({ ...PROVIDER_INFO, status: { ...PROVIDER_INFO.status, health: "FINE" } }),
      'result.status.health is the text "FINE"',
    ],
    [
      "a trust in words",
      succeeded({ ...PROVIDER_INFO, status: { health: "OK", servers: [{ ...server, server_trust_client: "yes" }] } }),
      "server_trust_client is the text",
    ],
  ];
  test.each(TASKS)("%s of a task", async (_what, answer, words) => {
    service.task = () => answer;
    const failure = await failureOf(service, service.vcenter().call("getKmsProvider", PROVIDER));
    expect(failure).toMatchObject({ code: "EKM_UNEXPECTED_ANSWER", message: expect.stringContaining(words) });
  });

  test("a result is none before the task has ended, and progress may go back", async () => {
    const ways = [9, 2].map((completed) => ({
      body: { status: "RUNNING", result: "nonsense", progress: { total: 10, completed } },
    }));
    service.task = () => ways.shift() ?? succeeded(PROVIDER_INFO);
    expect(await service.vcenter().call("getKmsProvider", PROVIDER)).toMatchObject({ master_key_id: "8" });
  });

  test("what may be left out is as good as empty", async () => {
    const { description: _, ...key_server } = PROVIDER_INFO.key_server;
    service.task = () => succeeded({ ...PROVIDER_INFO, key_server: { ...key_server, proxy_server: null } });
    expect(await service.vcenter().call("getKmsProvider", PROVIDER)).toMatchObject({
      key_server: { description: "", proxy_server: undefined },
    });
  });

  test("an answer of 20 MiB is none", async () => {
    service.task = () => ({ body: JSON.stringify({ status: "SUCCEEDED", result: "x".repeat(20 << 20) }) });
    expect(await failureOf(service, CALLS.create(service.vcenter()))).toMatchObject({ code: "EKM_UNEXPECTED_ANSWER" });
  });
});

describe("sessions", () => {
  test("one is made for all calls, and ended at the close", async () => {
    const vcenter = service.vcenter();
    service.task = () => succeeded([]);
    await Promise.all([CALLS.read(vcenter), CALLS.read(vcenter)]);
    expect(service.logins).toEqual(["POST /api/session"]);
    await vcenter.close();
    expect(service.logins).toEqual(["POST /api/session", "DELETE /api/session"]);
  });

  test("one that has died is made anew once, in the middle of a call as well", async () => {
    const vcenter = service.vcenter();
    service.task = () => {
      if (polls().length > 1) return succeeded([]);
      service.endSessions();
      return running();
    };
    expect(await CALLS.read(vcenter)).toEqual([]);
    expect(service.logins).toEqual(Array(2).fill("POST /api/session"));
    expect(starts()).toHaveLength(1);
  });

  test("one that is refused for a look at a task alone ends the call", async () => {
    service.task = () => refusal(401, "UNAUTHENTICATED", "No.");
    expect(await failureOf(service, CALLS.create(service.vcenter()))).toMatchObject({ code: "EKM_CONNECTION_LOGIN" });
    expect(service.logins).toHaveLength(2);
    expect(starts()).toHaveLength(1);
  });

  const LOGINS: [string, Sent | "drop", string, number][] = [
    ["a refusal", refusal(401, "UNAUTHENTICATED", "No."), "EKM_CONNECTION_LOGIN", 1],
    ["HTTP 503", refusal(503, "SERVICE_UNAVAILABLE", "Later."), "EKM_VSPHERE_API", 6],
    ["a broken connection", "drop", "EKM_CONNECTION_UNREACHABLE", 6],
    ["an object", { status: 200, body: { value: "token" } }, "EKM_UNEXPECTED_ANSWER", 1],
    ["a page", { status: 200, body: "<html>" }, "EKM_UNEXPECTED_ANSWER", 1],
    ["HTTP 404", { status: 404, body: "" }, "EKM_VSPHERE_API", 1],
  ];
  test.each(LOGINS)("a login that ends in %s", async (_what, answer, code, logins) => {
    service.session = () => answer;
    expect((await failureOf(service, CALLS.read(service.vcenter()))).code).toBe(code);
    expect(service.logins).toHaveLength(logins);
  });

  test("a password that is refused is tried once, however many calls there are", async () => {
    service.session = () => refusal(401, "UNAUTHENTICATED", "No.");
    const vcenter = service.vcenter();
    const calls = [CALLS.read(vcenter), CALLS.create(vcenter), vcenter.call("ListKmipServers", {})];
    const outcomes = await Promise.all(calls.map((call) => failureOf(service, call)));
    expect(new Set(outcomes.map(({ code }) => code))).toEqual(new Set(["EKM_CONNECTION_LOGIN"]));
    expect(service.logins).toEqual(["POST /api/session"]);
  });

  test("a close that is not answered is one all the same", async () => {
    const vcenter = service.vcenter();
    await CALLS.create(vcenter);
    service.endSessions();
    await vcenter.close();
  });
});

describe("no text of a vCenter shows a secret", () => {
  const KEY = `-----BEGIN PRIVATE KEY-----\n${"A".repeat(60)}canary\n${"canary".repeat(10)}\n-----END PRIVATE KEY-----\n`;

  test.each<[string, (vcenter: ConnectedVcenter) => Promise<unknown>, string]>([
    [
      "the password of a key server",
      (vcenter) => vcenter.call("setKmsCredential", { ...PROVIDER, password: 'kmip "canary" & <pass>' }),
      "canary",
    ],
    [
      "a private key",
      (vcenter) => vcenter.call("updateKmsClientCertificate", { ...PROVIDER, certificate: "c", private_key: KEY }),
      "canary",
    ],
  ])("%s", async (_what, call, secret) => {
    for (const shown of ["body", "decoded"]) {
      service.rest = ({ body }) => {
        const text =
          shown === "body"
            ? body
            : Object.values(JSON.parse(`{"all":${body}}`))
                .map(flat)
                .join();
        return refusal(400, "INVALID_ARGUMENT", `Bad: ${text}`);
      };
      await failureOf(service, call(service.vcenter()), [secret]);
    }
    service.rest = () => started("task");
    service.task = () => failed("INVALID_ARGUMENT", `Bad: ${starts().at(-1)?.body}`);
    await failureOf(service, call(service.vcenter()), [secret]);
  });

  test("the login, and the session", async () => {
    service.session = ({ headers }) => refusal(500, "ERROR", `Bad: ${headers.authorization}`);
    await failureOf(service, CALLS.read(service.vcenter()));
    service.session = () => ({ status: 201, body: JSON.stringify(service.given()) });
    service.rest = ({ headers }) => refusal(400, "ERROR", `Bad: ${headers["vmware-api-session-id"]}`);
    const failure = await failureOf(service, CALLS.read(service.vcenter()));
    expect(failure.message).toContain("[secret]");
  });
});

const flat = (value: unknown): string => (typeof value === "string" ? value : Object.values(Object(value)).join());

test("words of a vCenter reach no terminal as commands", async () => {
  service.rest = () => refusal(400, "INVALID_ARGUMENT", "\u001b[2Jcleared");
  const { message } = await failureOf(service, CALLS.read(service.vcenter()));
  expect(message).not.toContain("\u001b");
});

describe("versions", () => {
  test.each(["9.0.0.0", "9.1.0.0", "10.0.0.0"])("%s has no trusted providers", async (version) => {
    service.apiVersion = version;
    const vcenter = service.vcenter();
    expect(await failureOf(service, CALLS.read(vcenter))).toEqual({
      code: "EKM_API_VERSION",
      message: expect.stringMatching(
        new RegExp(`removed in vSphere 9.0, and this vCenter serves ${version}.*vsphere.KeyProvider`),
      ),
    });
    expect(await trustAuthorityClusters(vcenter)).toEqual([]);
    expect(service.logins).toEqual([]);
  });

  test("6.7 has none yet", async () => {
    service.apiVersion = "6.7.3";
    expect(await failureOf(service, CALLS.read(service.vcenter()))).toMatchObject({
      code: "EKM_API_VERSION",
      message: expect.stringContaining("needs vSphere API 7.0"),
    });
  });
});

test("nothing is written for a run that is gone", async () => {
  service.isHostAlive = false;
  service.task = () => succeeded([]);
  const vcenter = service.vcenter();
  await CALLS.read(vcenter);
  await expect(CALLS.create(vcenter)).rejects.toThrow("gone");
  await expect(CALLS.idempotent(vcenter)).rejects.toThrow("gone");
  expect(starts()).toHaveLength(1);
});

describe("the providers of a Trust Authority Cluster", () => {
  const ofServer = (name: string, port?: number) => ({ name, address: { hostname: `${name}.example.com`, port } });
  const server = (name: string, port = 5696) => ({ name, hostname: `${name}.example.com`, port });

  /** Answers each path by what a task of it gives. */
  function giving(results: Record<string, unknown>): void {
    service.rest = ({ verb, path }) => started(`${verb} ${path}`);
    service.task = (id) => {
      const [call = ""] = decodeURIComponent(id).split("?");
      return call in results ? succeeded(results[call]) : failed("NOT_FOUND", "Not there.");
    };
  }

  const listed = { [`GET ${C}/providers`]: [{ provider: "storage", health: "NONE" }] };

  test("are found with what they have", async () => {
    giving({
      ...listed,
      [`GET ${P}`]: {
        master_key_id: "8",
        key_server: {
          type: "KMIP",
          description: "of storage",
          proxy_server: { hostname: "proxy" },
          connection_timeout: 30,
          kmip_server: { username: "kmip", servers: [ofServer("one"), ofServer("two", 5697)] },
        },
        status: {
          health: "WARNING",
          details: [{ id: "d", default_message: "One is down.", args: [] }],
          servers: [
            { name: "one", health: "OK", details: [], client_trust_server: true, server_trust_client: true },
            {
              name: "two",
              health: "ERROR",
              details: [{ id: "only.an.id", default_message: "", args: [] }],
              client_trust_server: true,
              server_trust_client: false,
            },
          ],
        },
      },
      [`GET ${P}/peer-certs/current`]: [
        { server_name: "one", certificate: "PEM 1", error_messages: [], trusted: true },
        { server_name: "two", error_messages: [{ id: "e", default_message: "Down.", args: [] }], trusted: false },
        { server_name: "three", error_messages: [], trusted: false },
      ],
      [`GET ${P}/peer-certs/trusted`]: { certificates: ["PEM 1"] },
      [`GET ${P}/client-certificate`]: { certificate: "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n" },
    });
    const providers = trustedKeyProviders(service.vcenter(), CLUSTER);
    expect(await providers.list()).toEqual(["storage"]);
    const found = await providers.find("storage");
    const access = { userName: "kmip", proxy: { hostname: "proxy", port: 443 }, connectionTimeout: 30 };
    expect(found).toEqual({
      name: "storage",
      servers: [
        { ...server("one"), ...access },
        { ...server("two", 5697), ...access },
      ],
      description: "of storage",
      primaryKey: "8",
    });
    if (found === undefined) throw new Error("not found");
    expect(await providers.health(found)).toEqual({
      health: "degraded",
      details: ["One is down."],
      servers: [
        { name: "one", health: "healthy", serverTrusted: true, clientTrusted: true, details: [] },
        { name: "two", health: "unhealthy", serverTrusted: true, clientTrusted: false, details: ["only.an.id"] },
      ],
    });
    expect(await providers.peerCertificates(found)).toEqual([
      { server: "one", certificate: "PEM 1", isTrusted: true, details: [] },
      { server: "two", isTrusted: false, details: ["Down."] },
      { server: "three", isTrusted: false, details: ["no certificate, and no reason why"] },
    ]);
    expect(await providers.trustedCertificates(found)).toEqual(["PEM 1"]);
    expect(await providers.clientCertificate("storage")).toMatch(/^-----BEGIN CERTIFICATE-----\nAA\n/);
    expect(await providers.signingRequest("storage")).toBeUndefined();
    expect(await providers.find("another")).toBeUndefined();
  });

  test("that are in no such cluster are not taken for deleted", async () => {
    giving({});
    const failure = await failureOf(service, trustedKeyProviders(service.vcenter(), CLUSTER).find("storage"));
    expect(failure).toMatchObject({ code: "EKM_VSPHERE_API", message: expect.stringContaining("listKmsProviders") });
  });

  test("that vanish between two looks are gone", async () => {
    giving(listed);
    expect(await trustedKeyProviders(service.vcenter(), CLUSTER).find("storage")).toBeUndefined();
  });

  const one = { ...server("one"), userName: "kmip" };
  const two = { ...server("two"), userName: "kmip" };
  const before = { name: "storage", servers: [one], description: "", primaryKey: "8" };

  test.each<[string, (changes: ReturnType<typeof trustedChanges>) => Promise<unknown>, [string, unknown?][]]>([
    [
      "create",
      (changes) => changes.create({ ...before, description: undefined }, "secret of kmip"),
      [
        [
          `POST ${C}/providers`,
          {
            provider: "storage",
            master_key_id: "8",
            key_server: { type: "KMIP", kmip_server: { servers: [ofServer("one", 5696)], username: "kmip" } },
          },
        ],
        [`PUT ${P}/credential`, "secret of kmip"],
      ],
    ],
    [
      "add a server",
      (changes) => changes.update(before, { ...before, servers: [one, two] }),
      [
        [
          `PATCH ${P}`,
          {
            key_server: {
              type: "KMIP",
              kmip_server: { servers: [ofServer("one", 5696), ofServer("two", 5696)], username: "kmip" },
            },
          },
        ],
      ],
    ],
    [
      "change the description and the key",
      (changes) => changes.update(before, { ...before, description: "new", primaryKey: "9" }),
      [[`PATCH ${P}`, { master_key_id: "9", key_server: { type: "KMIP", description: "new" } }]],
    ],
    ["change nothing", (changes) => changes.update(before, { ...before, description: undefined }), []],
    [
      "change the password",
      (changes) => changes.update(before, before, "another of kmip"),
      [[`PUT ${P}/credential`, "another of kmip"]],
    ],
    ["remove", (changes) => changes.remove("storage"), [[`DELETE ${P}`]]],
    [
      "trust",
      (changes) => changes.trust("storage", ["PEM"]),
      [[`PATCH ${P}/peer-certs/trusted`, { certificates: ["PEM"] }]],
    ],
    [
      "generate",
      (changes) => changes.generateCertificate("storage"),
      [[`POST ${P}/client-certificate`], [`GET ${P}/client-certificate`]],
    ],
    ["use the generated one", (changes) => changes.useGenerated("storage", "PEM"), []],
    [
      "request",
      (changes) => changes.requestSigning("storage"),
      [[`POST ${P}/client-certificate/csr`], [`GET ${P}/client-certificate/csr`]],
    ],
    [
      "use a signed one",
      (changes) => changes.useSigned("storage", "PEM"),
      [[`PATCH ${P}/client-certificate`, { certificate: "PEM" }]],
    ],
    [
      "use a pair",
      (changes) => changes.useKeyPair("storage", "PEM", "key"),
      [[`PATCH ${P}/client-certificate`, { certificate: "PEM", private_key: "key" }]],
    ],
  ])("are changed by few calls: %s", async (_what, change, calls) => {
    service.task = () => succeeded({ certificate: "PEM", csr: "PEM" });
    await change(trustedChanges(service.vcenter(), CLUSTER));
    const sent = starts().map(({ verb, path, body }) => [
      `${verb} ${path}`,
      ...(body === "" ? [] : [JSON.parse(body)]),
    ]);
    expect(sent).toEqual(calls.map(([call, ...body]) => [`${call}?vmw-task=true`, ...body]));
  });

  test("take no subject in their requests", async () => {
    const changes = trustedChanges(service.vcenter(), CLUSTER);
    const failure = await failureOf(service, changes.requestSigning("storage", { commonName: "vcenter" }));
    expect(failure.code).toBe("EKM_API_VERSION");
    expect(service.asked).toEqual([]);
  });

  test("names stand in paths as they are, whatever they hold", async () => {
    await service.vcenter().call("deleteKmsProvider", { cluster: "a/b", provider: "../x?y=#" });
    expect(starts()[0]?.path).toContain("/trust-authority-clusters/a%2Fb/kms/providers/..%2Fx%3Fy%3D%23?vmw-task=true");
  });

  test("clusters are listed without a task", async () => {
    service.rest = () => ({ body: [{ cluster: CLUSTER, state: "ENABLE" }] });
    expect(await trustAuthorityClusters(service.vcenter())).toEqual([CLUSTER]);
    expect(polls()).toEqual([]);
  });
});
