import type { ConnectedVcenter } from "../../../provider/systems/vsphere/api/vcenter";
import { standardChanges } from "../../../provider/systems/vsphere/key-providers/standard-changes";
import { defaultKeyProvider } from "../../../provider/systems/vsphere/observed/default-provider";
import { isHealthy } from "../../../provider/systems/vsphere/observed/key-providers";
import { keyUseOf } from "../../../provider/systems/vsphere/observed/key-use";
import { standardKeyProviders } from "../../../provider/systems/vsphere/observed/standard";
import {
  envelopeOf,
  failureOf,
  fault,
  INSTANCE_UUID,
  PASSWORD,
  referenceOf,
  responseOf,
  type Sent,
  Service,
} from "./service";

let service: Service;

beforeEach(async () => {
  service = await Service.start();
});
afterEach(() => service.close());

const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";

/** Answers each method by what it returns. */
function giving(results: Record<string, string | ((body: string) => string | Sent)>): void {
  service.soap = ({ method, body }) => {
    const given = results[method] ?? "";
    const result = typeof given === "string" ? given : given(body);
    return typeof result === "string" ? { body: responseOf(method, result) } : result;
  };
}

const returned = (content: string): string => `<returnval>${content}</returnval>`;
const idOf = (member: string, id: string): string => `<${member}><id>${id}</id></${member}>`;

const serverOf = (name: string, more = ""): string =>
  `<servers><name>${name}</name><address>${name}.example.com</address><port>5696</port>${more}</servers>`;

interface Cluster {
  servers?: string;
  useAsDefault?: string;
  more?: string;
}

const clusterOf = (id: string, { servers = "", useAsDefault = "false", more = "" }: Cluster = {}): string =>
  returned(`${idOf("clusterId", id)}${servers}<useAsDefault>${useAsDefault}</useAsDefault>${more}`);

const managedBy = (type: string) => `<managementType>${type}</managementType>`;

/** A call of each effect. */
const CALLS = {
  read: (vcenter: ConnectedVcenter) => vcenter.call("ListKmipServers", {}),
  idempotent: (vcenter: ConnectedVcenter) => vcenter.call("UnregisterKmsCluster", { clusterId: "storage" }),
  create: (vcenter: ConnectedVcenter) => vcenter.call("GenerateClientCsr", { cluster: "storage" }),
};
type Effect = keyof typeof CALLS;
const EFFECTS = Object.keys(CALLS) as Effect[];

describe("a call is tried again by what it does", () => {
  const once = { read: 1, idempotent: 1, create: 1 };
  const reads = { ...once, read: 6 };
  const unlessCreate = { read: 6, idempotent: 6, create: 1 };

  const ROWS: [what: string, answer: Sent | "drop", tries: Record<Effect, number>, code: string][] = [
    ["HTTP 503", { status: 503, body: "<html>" }, reads, "EKM_CONNECTION_UNREACHABLE"],
    ["HTTP 500 and a page", { status: 500, body: "<html><p>" }, reads, "EKM_CONNECTION_UNREACHABLE"],
    ["HTTP 500 and a document", { status: 500, body: "<html/>" }, reads, "EKM_CONNECTION_UNREACHABLE"],
    ["a broken connection", "drop", reads, "EKM_CONNECTION_UNREACHABLE"],
    ["a change by others", fault("ConcurrentAccess", "Changed."), unlessCreate, "EKM_VSPHERE_API"],
    ["a task in progress", fault("TaskInProgress", "Busy."), unlessCreate, "EKM_VSPHERE_API"],
    ["a fault", fault("RuntimeFault", "No."), once, "EKM_VSPHERE_API"],
    ["a fault with HTTP 200", fault("RuntimeFault", "No.", 200), once, "EKM_VSPHERE_API"],
    ["a fault that nobody knows", fault("QuantumFluctuation", "No."), once, "EKM_VSPHERE_API"],
    ["no privilege", fault("NoPermission", "No."), once, "EKM_PERMISSION_DENIED"],
    ["HTTP 403", { status: 403, body: "<html>" }, once, "EKM_PERMISSION_DENIED"],
    ["HTTP 404", { status: 404, body: "<html>" }, once, "EKM_UNEXPECTED_ANSWER"],
  ];

  test.each(ROWS.flatMap((row) => EFFECTS.map((effect) => [...row, effect] as const)))(
    "%s",
    async (_what, answer, tries, code, effect) => {
      service.soap = () => answer;
      const failure = await failureOf(service, CALLS[effect](service.vcenter()));
      expect(failure.code).toBe(code);
      expect(service.methods).toHaveLength(tries[effect]);
    },
  );
});

test("a fault is named by its type, and tells which argument it is about", async () => {
  const detail = `<detail><vim:Any xmlns:vim="urn:vim25" xsi:type="vim:InvalidArgument"><vim:invalidProperty>server.info.name</vim:invalidProperty></vim:Any></detail>`;
  const prefixed = `<soapenv:Fault><faultcode>F</faultcode><faultstring>A <![CDATA[<specified>]]> para<!-- -->meter.</faultstring>${detail}</soapenv:Fault>`;
  service.soap = () => ({ status: 500, body: envelopeOf(prefixed) });
  expect(await failureOf(service, CALLS.create(service.vcenter()))).toMatchObject({
    message: expect.stringContaining("InvalidArgument: A <specified> parameter. (server.info.name) (a SOAP fault)"),
  });
});

test.each<[string, string, string]>([
  ["its element", `<detail><InvalidStateFault xmlns="urn:vim25"/></detail>`, "InvalidState: No."],
  ["its code", "", "ServerFaultCode: No."],
])("a fault without a type is named by %s", async (_what, detail, words) => {
  const content = `<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>No.</faultstring>${detail}</soapenv:Fault>`;
  service.soap = () => ({ status: 500, body: envelopeOf(content) });
  expect((await failureOf(service, CALLS.create(service.vcenter()))).message).toContain(words);
});

describe("an answer is read by what it means", () => {
  test.each<[string, string]>([
    ["another method's name", responseOf("SetDefaultKmsCluster", clusterOf("a"))],
    [
      "prefixes",
      envelopeOf(
        `<v:ListKmipServersResponse xmlns:v="urn:vim25"><v:returnval xsi:type="v:KmipClusterInfo"><v:clusterId><v:id>a</v:id></v:clusterId><v:useAsDefault>0</v:useAsDefault></v:returnval></v:ListKmipServersResponse>`,
      ),
    ],
    [
      "texts in parts",
      responseOf("ListKmipServers", clusterOf("<!-- x --><![CDATA[a]]><!-- y -->", { useAsDefault: "fal<!-- -->se" })),
    ],
    [
      "a header",
      envelopeOf("").replace(
        "<soapenv:Body>\n",
        `<soapenv:Header><x/></soapenv:Header><soapenv:Body>${`<ListKmipServersResponse xmlns="urn:vim25">${clusterOf("a")}</ListKmipServersResponse>`}`,
      ),
    ],
    ["members that nobody knows", responseOf("ListKmipServers", clusterOf("a", { more: "<new><a/></new>" }))],
  ])("%s", async (_what, body) => {
    service.soap = () => ({ body });
    expect(await CALLS.read(service.vcenter())).toEqual([
      { clusterId: "a", servers: [], useAsDefault: false, useAsEntityDefault: [] },
    ]);
  });
});

describe("an answer that is a lie", () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${responseOf("ListKmipServers", clusterOf("&b;")).replace(/^<\?xml.*\?>/, "")}`;
  const deep = `${"<a>".repeat(200_000)}${"</a>".repeat(200_000)}`;

  const ROWS: [what: string, body: string, words: string][] = [
    ["nothing", "", "the answer is no XML"],
    ["JSON", "{}", "the answer is no XML"],
    ["half of it", responseOf("ListKmipServers").slice(0, -20), "the answer is no XML"],
    ["another document", "<html/>", "the answer is no SOAP envelope"],
    ["an envelope of another SOAP", responseOf("x").replace("xmlsoap.org/soap", "w3.org"), "no SOAP envelope"],
    ["an envelope without a body", responseOf("x").replaceAll("soapenv:Body", "soapenv:Head"), "no SOAP envelope"],
    ["an empty body", envelopeOf(""), "neither a response nor a fault"],
    ["a request", envelopeOf(`<ListKmipServers xmlns="urn:vim25"/>`), "neither a response nor a fault"],
    ["a type of documents with entities", bomb, "it declares a type of documents"],
    ["a type of documents", `<!DOCTYPE html>${envelopeOf("")}`, "the answer is no XML"],
    ["an entity of nobody", responseOf("ListKmipServers", clusterOf("&b;")), "the answer is no XML"],
    ["a prefix of nobody", responseOf("ListKmipServers", "<x:a/>"), "the answer is no XML"],
    ["two attributes of one name", responseOf("ListKmipServers", `<a b="1" b="2"/>`), "the answer is no XML"],
    ["200,000 elements within one another", responseOf("ListKmipServers", deep), "nested more than 64 deep"],
    ["210,000 elements", responseOf("ListKmipServers", "<a/>".repeat(210_000)), "more than 200000 elements"],
    ["no id", responseOf("ListKmipServers", returned("<useAsDefault>false</useAsDefault>")), "clusterId is missing"],
    ["an empty id", responseOf("ListKmipServers", clusterOf("")), 'clusterId.id is the text ""'],
    ["two ids", responseOf("ListKmipServers", clusterOf("a", { more: idOf("clusterId", "b") })), "clusterId is a list"],
    [
      "nothing of a default",
      responseOf("ListKmipServers", returned(idOf("clusterId", "a"))),
      "answer.returnval[0].useAsDefault is missing",
    ],
    ["a default in words", responseOf("ListKmipServers", clusterOf("a", { useAsDefault: "no" })), 'is the text "no"'],
    [
      "a kind that nobody knows",
      responseOf("ListKmipServers", clusterOf("a", { more: managedBy("aliens") })),
      'managementType is the text "aliens"',
    ],
    [
      "a port in words",
      responseOf(
        "ListKmipServers",
        clusterOf("a", { servers: "<servers><name>s</name><address>a</address><port>kmip</port></servers>" }),
      ),
      'servers[0].port is the text "kmip"',
    ],
  ];

  test.each(ROWS)("%s", async (_what, body, words) => {
    service.soap = () => ({ body });
    expect(await failureOf(service, CALLS.read(service.vcenter()))).toMatchObject({
      code: "EKM_UNEXPECTED_ANSWER",
      message: expect.stringContaining(words),
    });
    expect(service.methods).toEqual(["ListKmipServers"]);
  });

  test("20 MiB", async () => {
    service.soap = () => ({ body: responseOf("ListKmipServers", `<!--${"x".repeat(20 << 20)}-->`) });
    expect(await failureOf(service, CALLS.read(service.vcenter()))).toMatchObject({ code: "EKM_UNEXPECTED_ANSWER" });
  });

  test("words that would reach a terminal as commands", async () => {
    service.soap = () => fault("RuntimeFault", "\u009b2Jcleared\u2028x");
    const { message } = await failureOf(service, CALLS.read(service.vcenter()));
    expect(message).not.toMatch(/[\u009b\u2028]/);
  });
});

describe("sessions", () => {
  test("one is made for all calls, and ended at the close", async () => {
    const vcenter = service.vcenter();
    await Promise.all([CALLS.read(vcenter), CALLS.read(vcenter), CALLS.read(vcenter)]);
    expect(service.logins).toEqual(["Login"]);
    await vcenter.close();
    expect(service.logins).toEqual(["Login", "Logout"]);
  });

  test("one that has died is made anew once, for all calls that need it", async () => {
    const vcenter = service.vcenter();
    await CALLS.read(vcenter);
    service.endSessions();
    await Promise.all([CALLS.read(vcenter), CALLS.read(vcenter)]);
    expect(service.logins).toEqual(["Login", "Login"]);
  });

  test("one that is refused when it is new ends the call", async () => {
    service.soap = () => fault("NotAuthenticated", "No.");
    expect(await failureOf(service, CALLS.read(service.vcenter()))).toMatchObject({ code: "EKM_CONNECTION_LOGIN" });
    expect(service.logins).toEqual(["Login", "Login"]);
  });

  test("a word about authentication in a good answer is none", async () => {
    giving({ ListKmipServers: clusterOf("NotAuthenticated") });
    expect(await CALLS.read(service.vcenter())).toMatchObject([{ clusterId: "NotAuthenticated" }]);
    expect(service.logins).toEqual(["Login"]);
  });

  test("the cookie is the one that was set last", async () => {
    const vcenter = service.vcenter();
    service.soap = ({ method }) => {
      service.endSessions();
      const cookie = service.given();
      return {
        headers: { "set-cookie": [`vmware_soap_session="${cookie}"; Path=/`, "other=value", "nonsense"] },
        body: responseOf(method),
      };
    };
    for (const _ of [1, 2, 3]) await CALLS.read(vcenter);
    expect(service.logins).toEqual(["Login"]);
  });

  const LOGINS: [string, Sent | "drop", string][] = [
    ["a refusal", fault("InvalidLogin", "Cannot complete login."), "EKM_CONNECTION_LOGIN"],
    ["no privilege", fault("NoPermission", "No."), "EKM_PERMISSION_DENIED"],
    ["another fault", fault("RuntimeFault", "No."), "EKM_VSPHERE_API"],
    ["no session", { body: responseOf("Login") }, "EKM_UNEXPECTED_ANSWER"],
    ["a page", { body: "<html/>" }, "EKM_UNEXPECTED_ANSWER"],
  ];
  test.each(LOGINS)("a login that ends in %s", async (_what, answer, code) => {
    service.login = () => answer;
    const vcenter = service.vcenter();
    expect((await failureOf(service, CALLS.read(vcenter))).code).toBe(code);
    expect(service.logins).toEqual(["Login"]);
    expect(service.methods).toEqual([]);
  });

  test("a password that was refused is tried no more, by the other API either", async () => {
    service.login = () => fault("InvalidLogin", "No.");
    const vcenter = service.vcenter();
    await failureOf(service, CALLS.read(vcenter));
    await failureOf(service, CALLS.read(vcenter));
    await failureOf(service, vcenter.call("listKmsProviders", { cluster: "domain-c8" }));
    expect(service.logins).toEqual(["Login"]);
  });

  test("a login carries user name and password as they are", async () => {
    const bodies: string[] = [];
    service.login = ({ body }) => {
      bodies.push(body);
      return service.loggedIn();
    };
    await CALLS.read(service.vcenter());
    expect(bodies[0]).toContain(
      `<password>${PASSWORD.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")}</password>`,
    );
  });
});

describe("no text of a vCenter shows a secret", () => {
  const KEY = `-----BEGIN PRIVATE KEY-----\n${"A".repeat(60)}canary\n${"canary".repeat(10)}\n-----END PRIVATE KEY-----\n`;
  const info = { name: "one", address: "kms", port: 5696 };

  test.each<[string, (vcenter: ConnectedVcenter) => Promise<unknown>]>([
    [
      "a key server's password",
      (vcenter) => vcenter.call("RegisterKmipServer", { clusterId: "a", info, password: 'the "canary" & <pass>' }),
    ],
    [
      "a changed password",
      (vcenter) => vcenter.call("UpdateKmipServer", { clusterId: "a", info, password: 'the "canary" & <pass>' }),
    ],
    [
      "a private key",
      (vcenter) => vcenter.call("UploadClientCert", { cluster: "a", certificate: "c", privateKey: KEY }),
    ],
  ])("%s", async (_what, call) => {
    const inside = (body: string) => /<_this[^>]*>[^<]*<\/_this>(.*)<\/\w+><\/Body>/s.exec(body)?.[1] ?? "";
    service.soap = ({ body }) => fault("InvalidArgument", inside(body).replace(/<[^>]+>/g, " "));
    await failureOf(service, call(service.vcenter()), ["canary"]);
    service.soap = ({ body }) =>
      fault("InvalidArgument", inside(body).replaceAll("&", "&amp;").replaceAll("<", "&lt;"));
    await failureOf(service, call(service.vcenter()), ["canary"]);
  });

  test("the login, the session and its cookie", async () => {
    service.login = ({ body }) => fault("RuntimeFault", /<password>(.*)<\/password>/.exec(body)?.[1] ?? "");
    await failureOf(service, CALLS.read(service.vcenter()));
    service.login = () => service.loggedIn();
    service.soap = ({ headers }) => fault("RuntimeFault", `${headers.cookie} ${service.sessions.join(" ")}`);
    const { message } = await failureOf(service, CALLS.read(service.vcenter()));
    expect(message).toContain("[secret]");
  });
});

describe("identity", () => {
  test("a vCenter says who it is before anybody logs in, and once", async () => {
    const vcenter = service.vcenter();
    const about = { instanceUuid: INSTANCE_UUID, apiVersion: "8.0.3.0" };
    expect(await Promise.all([vcenter.about(), vcenter.about()])).toMatchObject([about, about]);
    expect(service.logins).toEqual([]);
  });

  test.each<[string, (body: string) => string, object]>([
    ["no identity", (body) => body.replace(/<instanceUuid>.*<\/instanceUuid>/, ""), { code: "EKM_UNEXPECTED_ANSWER" }],
    ["no key providers", (body) => body.replace(/<cryptoManager .*<\/cryptoManager>/, ""), { code: "EKM_API_VERSION" }],
  ])("one with %s", async (_what, change, failure) => {
    service.content = change;
    expect(await failureOf(service, CALLS.read(service.vcenter()))).toMatchObject(failure);
  });

  test("requests with a subject need 8.0.1, and none without", async () => {
    service.apiVersion = "8.0.0.2";
    giving({ GenerateClientCsr: returned("PEM") });
    const vcenter = service.vcenter();
    const request = { commonName: "vcenter" };
    expect(await failureOf(service, vcenter.call("GenerateClientCsr", { cluster: "a", request }))).toMatchObject({
      code: "EKM_API_VERSION",
      message: expect.stringContaining(
        "a request with a subject needs vSphere API 8.0.1, and this vCenter serves 8.0.0.2",
      ),
    });
    expect(await vcenter.call("GenerateClientCsr", { cluster: "a" })).toBe("PEM");
  });

  test("answers are asked for in the version that the vCenter has", async () => {
    const versions: unknown[] = [];
    service.soap = ({ method, headers }) => {
      versions.push(headers.soapaction);
      return { body: responseOf(method) };
    };
    await CALLS.read(service.vcenter());
    expect(versions).toEqual(['"urn:vim25/8.0.3.0"']);
  });
});

test("nothing is written for a run that is gone", async () => {
  service.isHostAlive = false;
  const vcenter = service.vcenter();
  await CALLS.read(vcenter);
  await expect(CALLS.create(vcenter)).rejects.toThrow("gone");
  await expect(CALLS.idempotent(vcenter)).rejects.toThrow("gone");
  expect(service.methods).toEqual(["ListKmipServers"]);
});

describe("the status task", () => {
  const TASK = referenceOf("returnval", "Task", "task-7");
  const PROVIDER = { name: "storage", servers: [] };
  const propertyOf = (name: string, value: string) => `<propSet><name>${name}</name><val${value}</val></propSet>`;
  const stateOf = (state: string) => propertyOf("info.state", ` xsi:type="TaskInfoState">${state}`);
  const objects = (properties: string, task = "task-7") =>
    returned(`<objects>${referenceOf("obj", "Task", task)}${properties}</objects>`);
  const resultOf = (statuses: string) =>
    propertyOf("info.result", ` xsi:type="ArrayOfCryptoManagerKmipClusterStatus">${statuses}`);
  const serverStatus = (name: string, status: string, more = "") =>
    `<servers><name>${name}</name><status>${status}</status><connectionStatus>KMS ${status}</connectionStatus>${more}</servers>`;
  const statusOf = (id: string, overall: string, servers = "") =>
    `<CryptoManagerKmipClusterStatus xsi:type="CryptoManagerKmipClusterStatus">${idOf("clusterId", id)}<overallStatus>${overall}</overallStatus>${servers}</CryptoManagerKmipClusterStatus>`;

  function ending(...looks: string[]): void {
    giving({
      ListKmipServers: clusterOf("storage", { servers: serverOf("one") }),
      RetrieveKmipServersStatus_Task: TASK,
      RetrievePropertiesEx: () => (looks.length > 1 ? looks.shift() : looks[0]) ?? "",
    });
  }

  test("is followed to its end, and tells each server's trust both ways", async () => {
    const trust = "<clientTrustServer>true</clientTrustServer><serverTrustClient>false</serverTrustClient>";
    const servers = serverStatus("one", "red", trust) + serverStatus("two", "gray");
    ending(
      objects(stateOf("queued")),
      objects(stateOf("running")),
      objects(stateOf("success") + resultOf(statusOf("other", "green") + statusOf("storage", "yellow", servers))),
    );
    const health = await standardKeyProviders(service.vcenter()).health(PROVIDER);
    expect(health).toEqual({
      health: "degraded",
      details: [],
      servers: [
        { name: "one", health: "unhealthy", serverTrusted: true, clientTrusted: false, details: ["KMS red"] },
        { name: "two", health: "unknown", details: ["KMS gray"] },
      ],
    });
    expect(isHealthy(health)).toBe(false);
    expect(service.methods.filter((method) => method === "RetrievePropertiesEx")).toHaveLength(3);
  });

  const ERROR = (fault: string) => propertyOf("info.error", ` xsi:type="LocalizedMethodFault">${fault}`);
  const ENDINGS: [what: string, look: string, code: string, words: string][] = [
    [
      "a fault",
      objects(
        stateOf("error") + ERROR(`<fault xsi:type="InvalidState"/><localizedMessage>Bad state.</localizedMessage>`),
      ),
      "EKM_VSPHERE_API",
      "InvalidState: Bad state. (its task failed)",
    ],
    [
      "no privilege",
      objects(stateOf("error") + ERROR(`<fault xsi:type="NoPermission"/>`)),
      "EKM_PERMISSION_DENIED",
      "NoPermission: no reason given",
    ],
    ["a fault of no type", objects(stateOf("error") + ERROR("<fault/>")), "EKM_TASK_FAILED", "gave no reason"],
    ["no fault", objects(stateOf("error")), "EKM_TASK_FAILED", "gave no reason"],
    ["a success without a result", objects(stateOf("success")), "EKM_UNEXPECTED_ANSWER", "info.result is missing"],
    [
      "the status of another provider",
      objects(stateOf("success") + resultOf(statusOf("other", "green"))),
      "EKM_UNEXPECTED_ANSWER",
      "the vCenter gave none of it",
    ],
    ["a state that nobody knows", objects(stateOf("done")), "EKM_UNEXPECTED_ANSWER", 'info.state is the text "done"'],
    ["no state", objects(""), "EKM_UNEXPECTED_ANSWER", "info.state is missing"],
    ["another task", objects(stateOf("success"), "task-8"), "EKM_UNEXPECTED_ANSWER", "not the one object task-7"],
    ["nothing", "", "EKM_UNEXPECTED_ANSWER", "not the one object task-7"],
    ["no end", objects(stateOf("running")), "EKM_TASK_DEADLINE", "still runs after 120 seconds"],
  ];
  test.each(ENDINGS)("that ends in %s", async (_what, look, code, words) => {
    ending(look);
    expect(await failureOf(service, standardKeyProviders(service.vcenter()).health(PROVIDER))).toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
  });
});

describe("standard providers", () => {
  test("are told from native and trusted ones, and may have no server", async () => {
    giving({
      ListKmipServers:
        clusterOf("native", { more: managedBy("nativeProvider") }) +
        clusterOf("trusted", { more: managedBy("trustAuthority"), servers: serverOf("one") }) +
        clusterOf("old", {
          servers: serverOf("one", "<proxyAddress>proxy</proxyAddress><userName>kmip</userName><timeout>30</timeout>"),
        }) +
        clusterOf("empty", { more: managedBy("vCenter") }),
    });
    const providers = standardKeyProviders(service.vcenter());
    expect(await providers.list()).toEqual(["old", "empty"]);
    expect(await providers.find("native")).toBeUndefined();
    expect(await providers.find("empty")).toEqual({ name: "empty", servers: [] });
    expect(await providers.find("old")).toEqual({
      name: "old",
      servers: [
        {
          name: "one",
          hostname: "one.example.com",
          port: 5696,
          userName: "kmip",
          proxy: { hostname: "proxy", port: 443 },
          connectionTimeout: 30,
        },
      ],
    });
  });

  test("what a server presents is told with its trust; a server that is down is no failure", async () => {
    giving({
      RetrieveKmipServerCert: (body) =>
        body.includes("<name>down</name>")
          ? fault("RuntimeFault", "Connection refused.")
          : returned(
              `<certificate>${CERTIFICATE}</certificate>${body.includes("one") ? "<clientTrustServer>true</clientTrustServer>" : ""}`,
            ),
    });
    const server = (name: string) => ({ name, hostname: name, port: 5696 });
    const provider = { name: "storage", servers: [server("one"), server("two"), server("down")] };
    const providers = standardKeyProviders(service.vcenter());
    expect(await providers.peerCertificates(provider)).toEqual([
      { server: "one", certificate: CERTIFICATE, isTrusted: true, details: [] },
      { server: "two", certificate: CERTIFICATE, isTrusted: false, details: [] },
      { server: "down", isTrusted: false, details: ["RuntimeFault: Connection refused. (a SOAP fault)"] },
    ]);
    expect(await providers.trustedCertificates(provider)).toEqual([CERTIFICATE]);
  });

  test("certificates and requests that are not there are none", async () => {
    giving({
      RetrieveClientCert: returned(""),
      RetrieveClientCsr: "",
      RetrieveSelfSignedClientCert: returned(CERTIFICATE),
    });
    const providers = standardKeyProviders(service.vcenter());
    expect(await providers.clientCertificate("storage")).toBeUndefined();
    expect(await providers.signingRequest("storage")).toBeUndefined();
    expect(await providers.generatedCertificate("storage")).toBe(CERTIFICATE);
  });

  test("servers are added before any is removed, and what they had is taken away", async () => {
    const bodies: string[] = [];
    service.soap = ({ method, body }) => {
      bodies.push(body);
      return { body: responseOf(method) };
    };
    const server = (name: string) => ({ name, hostname: name, port: 5696 });
    const access = { userName: "kmip", proxy: { hostname: "proxy", port: 3128 }, connectionTimeout: 30 };
    await standardChanges(service.vcenter()).update(
      { name: "storage", servers: [{ ...server("one"), ...access }, server("same"), server("old")] },
      { name: "storage", servers: [server("one"), server("same"), server("new")] },
    );
    expect(service.methods).toEqual(["UpdateKmipServer", "RegisterKmipServer", "RemoveKmipServer"]);
    expect(bodies[0]).toContain(
      "<info><name>one</name><address>one</address><port>5696</port><proxyAddress></proxyAddress><proxyPort>-1</proxyPort><timeout>-1</timeout><userName></userName></info>",
    );
    expect(bodies[2]).toContain("<serverName>old</serverName>");
  });

  test("the default is asked for by the vCenter or an entity; where a fault says that there is none, the list decides", async () => {
    const entity = { type: "ClusterComputeResource", value: "domain-c8" };
    const bodies: string[] = [];
    giving({
      GetDefaultKmsCluster(body) {
        bodies.push(body);
        return fault("RuntimeFault", "No default provider");
      },
      ListKmipServers: clusterOf("a", {
        useAsDefault: "true",
        more: referenceOf("useAsEntityDefault", "Folder", "group-d1"),
      }),
    });
    const vcenter = service.vcenter();
    expect(await defaultKeyProvider(vcenter, entity)).toBeUndefined();
    expect(bodies[0]).toContain(
      `<entity type="ClusterComputeResource">domain-c8</entity><defaultsToParent>false</defaultsToParent>`,
    );
    await expect(defaultKeyProvider(vcenter)).rejects.toMatchObject({ vendorName: "RuntimeFault" });
  });
});

describe("who needs a provider's keys", () => {
  const holder = (type: string, id: string, properties: string) =>
    `<objects>${referenceOf("obj", type, id)}<propSet><name>name</name><val>${id} in words</val></propSet>${properties}</objects>`;
  const keyed = (path: string, provider?: string) =>
    `<propSet><name>${path}</name><val xsi:type="CryptoKeyId"><keyId>k</keyId>${provider === undefined ? "" : idOf("providerId", provider)}</val></propSet>`;

  test("is found in pages of machines and hosts, and by the keys themselves", async () => {
    const MACHINE = "config.keyId";
    giving({
      CreateContainerView: (body) =>
        referenceOf("returnval", "ContainerView", body.includes("HostSystem") ? "view-h" : "view-m"),
      RetrievePropertiesEx: (body) =>
        returned(
          body.includes("view-h")
            ? holder("HostSystem", "host-1", keyed("runtime.cryptoKeyId", "storage"))
            : `<token>next</token>${holder("VirtualMachine", "vm-1", keyed(MACHINE, "storage"))}${holder("VirtualMachine", "vm-2", keyed(MACHINE, "other"))}`,
        ),
      ContinueRetrievePropertiesEx: returned(
        holder("VirtualMachine", "vm-3", keyed(MACHINE)) + holder("VirtualMachine", "vm-4", ""),
      ),
      ListKeys: ["storage", "other", undefined]
        .map((provider, index) =>
          returned(`<keyId>key-${index}</keyId>${provider === undefined ? "" : idOf("providerId", provider)}`),
        )
        .join(""),
      QueryCryptoKeyStatus: (body) =>
        [...body.matchAll(/<keyId>(key-\d)<\/keyId>/g)]
          .map(([, key]) =>
            returned(
              `<keyId><keyId>${key}</keyId></keyId><keyAvailable>true</keyAvailable>${referenceOf("encryptedVMs", "VirtualMachine", "vm-4")}${referenceOf("affectedHosts", "HostSystem", "host-9")}<referencedByTags>a tag</referencedByTags>`,
            ),
          )
          .join(""),
    });
    const use = await keyUseOf(service.vcenter(), "storage");
    expect(use.keys).toEqual(["key-0", "key-2"]);
    expect(use.holders.map(({ name }) => name).sort()).toEqual([
      "host-1 in words",
      "host-9",
      "vm-1 in words",
      "vm-3 in words",
      "vm-4 in words",
    ]);
    expect(use.tags).toEqual(["a tag"]);
    expect(service.methods.filter((method) => method === "DestroyView")).toHaveLength(2);
  });

  test("is not asked for page after page for ever", async () => {
    giving({
      CreateContainerView: referenceOf("returnval", "ContainerView", "view"),
      RetrievePropertiesEx: returned("<token>t</token>"),
      ContinueRetrievePropertiesEx: returned("<token>t</token>"),
    });
    expect(
      await failureOf(service, service.vcenter().call("RetrievePropertiesEx", { type: "VirtualMachine" })),
    ).toMatchObject({
      code: "EKM_UNEXPECTED_ANSWER",
      message: expect.stringContaining("token is"),
    });
  });
});
