import { X509Certificate } from "node:crypto";
import type { VCenterSwitches } from "../../../simulator/vsphere";
import { issue, publicKeyOf } from "../../kit/certificates";
import { ConnectProxy } from "../../kit/connect-proxy";
import { closeAfterTest, closeAll } from "../../simulator/cleanup";
import { childIn, type SoapCaller, textIn, usual, xml } from "./soap-caller";
import { fingerprintOf, startKeyServer, startWithCallers } from "./vcenters";

afterEach(closeAll);

const clusterId = { id: "kp" };
const cluster = clusterId;

const servers = async (soap: SoapCaller, ...members: string[]) =>
  ((await soap.call("ListKmipServers")).returned[0]?.children ?? [])
    .filter(({ name }) => name === "servers")
    .map((server) => members.map((member) => textIn(server, member)));

test("a provider comes with its first server, keeps living without any, and goes when it is unregistered", async () => {
  const { vcenter, soap } = await startWithCallers();
  expect(await soap.register("kp", 5696, { userName: "vc" }, "hush")).toMatchObject({
    status: 200,
    name: "RegisterKmipServerResponse",
    returned: [],
  });
  await soap.register("kp", 5697, { name: "b&<" });
  expect(await servers(soap, "name", "address", "port", "userName")).toEqual([
    ["kms", "127.0.0.1", "5696", "vc"],
    ["b&<", "127.0.0.1", "5697", undefined],
  ]);
  for (const serverName of ["kms", "b&<"]) await soap.done("RemoveKmipServer", { clusterId, serverName });
  const [listed] = (await soap.call("ListKmipServers")).returned;
  expect(listed?.children.map(({ name }) => name)).toEqual(["clusterId", "useAsDefault", "managementType"]);
  expect([textIn(listed, "useAsDefault"), textIn(listed, "managementType")]).toEqual(["false", "vCenter"]);
  await soap.done("UnregisterKmsCluster", { clusterId });
  expect((await soap.call("ListKmipServers")).returned).toEqual([]);
  expect(JSON.stringify([vcenter.state(), vcenter.requests])).not.toContain("hush");
});

test.each([
  ["merge", { userName: "", proxyPort: -1, timeout: 9 }, ["127.0.0.1", "2", undefined, "proxy", undefined, "9"]],
  ["merge", {}, ["127.0.0.1", "2", "vc", "proxy", "3128", "5"]],
  ["replace", { timeout: 9 }, ["127.0.0.1", "2", undefined, undefined, undefined, "9"]],
] as const)("an update by %s with %j leaves %j", async (serverUpdate, info, left) => {
  const { soap } = await startWithCallers({ switches: { serverUpdate } });
  const settings = { userName: "vc", proxyAddress: "proxy", proxyPort: 3128, timeout: 5 };
  await soap.register("kp", 1, settings);
  await soap.done("UpdateKmipServer", {
    server: { clusterId, info: { name: "kms", address: "127.0.0.1", port: 2, ...info } },
  });
  const [server] = await servers(soap, "address", "port", "userName", "proxyAddress", "proxyPort", "timeout");
  expect(server).toEqual(left);
});

const server = (name: string, id = "kp") => ({ server: { clusterId: { id }, info: { name, address: "a", port: 1 } } });

test.each<[method: string, parameters: Record<string, unknown>, fault: string, message: RegExp]>([
  ["RegisterKmipServer", server("kms"), "RuntimeFault", /Already registered/],
  ["RegisterKmipServer", server(""), "InvalidArgument", /server\.info\.name/],
  ["RegisterKmipServer", server("x", ""), "InvalidArgument", /clusterId/],
  ["RegisterKmipServer", server("x", "trusted"), "RuntimeFault", /Already registered/],
  ["RegisterKmipServer", server("x", "workload"), "RuntimeFault", /Already registered/],
  ["UpdateKmipServer", server("none"), "RuntimeFault", /Invalid server name/],
  ["UpdateKmipServer", server("kms", "none"), "RuntimeFault", /Invalid cluster ID/],
  ["RemoveKmipServer", { clusterId, serverName: "none" }, "RuntimeFault", /Invalid server name/],
  ["UnregisterKmsCluster", { clusterId: { id: "none" } }, "RuntimeFault", /Invalid cluster ID/],
  ["RegisterKmsCluster", { clusterId: { id: "x" }, managementType: "vCenter" }, "InvalidArgument", /managementType/],
  ["RegisterKmsCluster", { clusterId }, "RuntimeFault", /Already registered/],
  ["RegisterKmsCluster", { clusterId: { id: "" } }, "InvalidArgument", /clusterId/],
  ["MarkDefault", { clusterId: { id: "none" } }, "RuntimeFault", /Invalid cluster ID/],
  ["IsKmsClusterActive", {}, "InvalidArgument", /cluster/],
  ["GenerateKey", {}, "RuntimeFault", /No default provider/],
  ["SetKeyCustomAttributes", { keyId: { keyId: "x" }, spec: {} }, "InvalidArgument", /keyId/],
  ["RemoveKey", { key: { keyId: "x" }, force: true }, "RuntimeFault", /no key x/],
  ["RetrieveClientCert", { cluster }, "RuntimeFault", /no client certificate/],
  ["RetrieveClientCsr", { cluster }, "RuntimeFault", /no certificate signing request/],
  ["RetrieveSelfSignedClientCert", { cluster }, "RuntimeFault", /no self-signed certificate/],
  ["UploadKmipServerCert", { cluster, certificate: "no PEM" }, "InvalidArgument", /valid X\.509/],
  ["UploadClientCert", { cluster, certificate: "no PEM", privateKey: "x" }, "InvalidArgument", /valid X\.509/],
  [
    "RetrieveKmipServerCert",
    { keyProvider: cluster, server: server("k").server.info },
    "RuntimeFault",
    /ENOTFOUND|EAI_AGAIN/,
  ],
])("%s with %j is a %s", async (method, parameters, fault, message) => {
  const { rest, soap } = await startWithCallers();
  await rest.create("trusted", 1);
  await soap.register("kp", 1);
  await soap.done("RegisterKmsCluster", { clusterId: { id: "workload" } });
  const refused = await soap.call(method, parameters);
  expect(refused).toMatchObject({ status: 500, fault, message: expect.stringMatching(message) });
  if (fault === "InvalidArgument") expect(textIn(refused.detail, "invalidProperty")).toMatch(/^\w+/);
});

test("trust in both directions, by a certificate that vCenter generates: what status says is seen at the key server", async () => {
  const { soap } = await startWithCallers();
  const { port, certificate } = await startKeyServer();
  await soap.register("kp", port);
  const status = async (...names: string[]) => {
    const [found] = await soap.status("kp");
    const seen = childIn(found, "servers");
    return [textIn(found, "overallStatus"), ...names.map((name) => textIn(seen, name))];
  };
  const both = ["clientTrustServer", "serverTrustClient"];
  expect(await status(...both)).toEqual(["red", "false", "false"]);

  const info = { name: "new", address: "127.0.0.1", port };
  const { returned } = await soap.call("RetrieveKmipServerCert", { keyProvider: cluster, server: info });
  expect(fingerprintOf(textIn(returned[0], "certificate") ?? "")).toBe(fingerprintOf(certificate));
  expect(textIn(returned[0], "clientTrustServer")).toBe("false");
  const sha1 = new X509Certificate(certificate).fingerprint;
  expect(textIn(returned[0], "certInfo", "fingerprint")).toBe(sha1);
  for (let uploads = 0; uploads < 2; uploads += 1) await soap.done("UploadKmipServerCert", { cluster, certificate });
  expect(soap.vcenter.state().kmsClusters[0]?.trustedCertificates).toHaveLength(1);
  expect(await status(...both)).toEqual(["red", "true", "false"]);

  const request = { commonName: "vc & co", organization: "Lab" };
  const generated = await soap.text("GenerateSelfSignedClientCert", { cluster, request });
  expect(new X509Certificate(generated).subject).toBe("O=Lab\nCN=vc & co");
  expect(await soap.text("RetrieveSelfSignedClientCert", { cluster })).toBe(generated);
  expect((await soap.call("RetrieveClientCert", { cluster })).fault).toBe("RuntimeFault");
  const used = { cluster, certificate: generated };
  expect(await soap.call("UpdateSelfSignedClientCert", { cluster, certificate })).toMatchObject({
    fault: "InvalidArgument",
  });
  await soap.done("UpdateSelfSignedClientCert", used);
  expect(await soap.text("RetrieveClientCert", { cluster })).toBe(generated);
  const [connection] = (await status("connectionStatus")).slice(1);
  expect(connection).toMatch(/does not trust the client certificate/);
});

test("a request that is signed makes it green, with a yellow mix, and only the last request counts", async () => {
  const { soap } = await startWithCallers();
  const { authority, port, certificate } = await startKeyServer();
  await soap.register("kp", port);
  await soap.done("UploadKmipServerCert", { cluster, certificate });
  const [lost, request] = [
    await soap.text("GenerateClientCsr", { cluster }),
    await soap.text("GenerateClientCsr", { cluster }),
  ];
  expect(await soap.text("RetrieveClientCsr", { cluster })).toBe(request);
  const sign = (csr: string) =>
    issue(authority, { commonName: "vc", usage: "client", publicKey: publicKeyOf(csr) }).cert;
  const update = (csr: string) => soap.call("UpdateKmsSignedCsrClientCert", { cluster, certificate: sign(csr) });
  expect(await update(lost)).toMatchObject({ fault: "InvalidArgument" });
  expect(await update(request)).toMatchObject({ status: 200, name: "UpdateKmsSignedCsrClientCertResponse" });
  const overall = async () => textIn((await soap.status())[0], "overallStatus");
  expect(await overall()).toBe("green");
  expect(await soap.text("IsKmsClusterActive", { cluster })).toBe("true");
  await soap.register("kp", 1, { name: "down" });
  expect(await overall()).toBe("yellow");
  const [named] = await soap
    .call("RetrieveKmipServersStatus_Task", xml({ clusters: { clusterId, servers: { name: "down" } } }))
    .then(async ({ returned }) => [returned[0]?.text]);
  for (;;) {
    const { "info.result": result } = await soap.properties(`Task:${named}`, "info.state", "info.result");
    if (result === undefined) continue;
    expect(
      result.children[0]?.children.filter(({ name }) => name === "servers").map((it) => textIn(it, "name")),
    ).toEqual(["down"]);
    break;
  }
});

test("a pair is uploaded, and a key server is reached through a proxy or not at all", async () => {
  const { soap } = await startWithCallers();
  const { authority, port, certificate } = await startKeyServer();
  const [proxy, refusing] = [await ConnectProxy.start(port), await ConnectProxy.start(port, { refusal: 403 })];
  closeAfterTest(async () => [proxy, refusing].forEach((each) => void each.stop()));
  const info = { name: "kms", address: "keys.invalid", port: 5696, proxyAddress: "127.0.0.1" };
  await soap.register("kp", port, { ...info, proxyPort: proxy.port });
  await soap.done("UploadKmipServerCert", { cluster, certificate });
  const { cert, key } = issue(authority, { commonName: "vc", usage: "client" });
  await soap.done("UploadClientCert", { cluster, certificate: cert, privateKey: key });
  const overall = async () => textIn((await soap.status("kp"))[0], "overallStatus");
  expect(await overall()).toBe("green");
  expect(JSON.stringify(soap.vcenter.requests)).not.toContain("PRIVATE KEY");
  expect(new Set(proxy.asked)).toEqual(new Set(["keys.invalid:5696"]));
  await soap.done("UpdateKmipServer", { server: { clusterId, info: { ...info, proxyPort: refusing.port } } });
  const [red] = await soap.status("kp");
  expect(textIn(childIn(red, "servers"), "connectionStatus")).toMatch(/the proxy .* refuses the connection with 403/);
});

test("a status of a provider that is not there fails as a task", async () => {
  const { soap } = await startWithCallers();
  await expect(soap.status("none")).rejects.toThrow("Invalid cluster ID");
});

test("a status task that has ended is forgotten after a while", async () => {
  const { clock, soap } = await startWithCallers({ switches: { taskRetentionSeconds: 10 } });
  const task = `Task:${await soap.text("RetrieveKmipServersStatus_Task")}`;
  while ((await soap.properties(task, "info.state"))["info.state"]?.text !== "success");
  clock.advance({ seconds: 11 });
  await soap.status();
  await expect(soap.properties(task, "info.state")).rejects.toThrow("ManagedObjectNotFound");
});

test.each([
  ["8.0.1", undefined],
  ["8.0.0.1", "InvalidRequest"],
  ["7.0.3.0", "InvalidRequest"],
])("API %s answers a request with a subject with %s", async (apiVersion, fault) => {
  const { soap } = await startWithCallers({ apiVersion });
  await soap.register("kp", 1);
  for (const method of ["GenerateClientCsr", "GenerateSelfSignedClientCert"]) {
    expect((await soap.call(method, { cluster, request: { commonName: "x" } })).fault).toBe(fault);
    expect((await soap.call(method, { cluster })).fault).toBeUndefined();
  }
});

test("there is one default of the vCenter, and one of each entity, which inherits it where asked", async () => {
  const { vcenter, soap } = await startWithCallers();
  for (const id of ["a", "b"]) await soap.register(id, 1);
  const of = (type: string, id: string) => `<entity type="${type}">${id}</entity>`;
  const [host, cluster20] = [of("HostSystem", "host-21"), of("ClusterComputeResource", "domain-c20")];
  const current = async (entity = "", parents = "") => {
    const { returned } = await soap.call("GetDefaultKmsCluster", entity + parents);
    return textIn(returned[0], "id");
  };
  const inherited = "<defaultsToParent>true</defaultsToParent>";
  expect(await current()).toBeUndefined();
  await soap.done("MarkDefault", { clusterId: { id: "a" } });
  await soap.done("SetDefaultKmsCluster", `${cluster20}<clusterId><id>b</id></clusterId>`);
  expect([await current(), await current(host), await current(host, inherited)]).toEqual(["a", undefined, "b"]);
  const marks = (await soap.call("ListKmipServers")).returned.map((each) => [
    textIn(each, "useAsDefault"),
    textIn(each, "useAsEntityDefault"),
  ]);
  expect(marks).toEqual([
    ["true", undefined],
    ["false", "domain-c20"],
  ]);
  await soap.done("SetDefaultKmsCluster", cluster20);
  expect(await current(host, inherited)).toBe("a");
  await soap.done("SetDefaultKmsCluster");
  expect(await current(host, inherited)).toBeUndefined();
  vcenter.switches.noDefaultIsFault = true;
  expect(await soap.call("GetDefaultKmsCluster")).toMatchObject({ message: "No default provider" });
  expect(await soap.call("SetDefaultKmsCluster", of("HostSystem", "host-0"))).toMatchObject({
    fault: "ManagedObjectNotFound",
  });
});

test("lists may be cut short, and filtered by kind and by status", async () => {
  const { vcenter, soap } = await startWithCallers();
  await soap.register("kp", 1);
  await soap.done("RegisterKmsCluster", { clusterId: { id: "trusted" } });
  await vcenter.act("addNativeProvider", { provider: "native" });
  const ids = async (method: string, parameters: Record<string, unknown>) =>
    (await soap.call(method, parameters)).returned.map((each) => textIn(each, "clusterId", "id"));
  expect(await ids("ListKmipServers", {})).toEqual(["kp", "trusted", "native"]);
  expect(await ids("ListKmipServers", { limit: 1 })).toEqual(["kp"]);
  expect(await ids("ListKmsClusters", {})).toEqual(["kp", "trusted", "native"]);
  expect(await ids("ListKmsClusters", { managementTypeFilter: 4 })).toEqual(["trusted"]);
  expect(await ids("ListKmsClusters", { statusFilter: 8 })).toEqual(["kp"]);
  const [withServers] = (await soap.call("ListKmsClusters", { includeKmsServers: true })).returned;
  expect(textIn(withServers, "servers", "name")).toBe("kms");
  expect((await soap.properties(usual("x"), "kmipServers")).kmipServers?.children).toHaveLength(3);
});

test.each<[Partial<VCenterSwitches>, fault: string | undefined]>([
  [{}, undefined],
  [{ protectsDefaultProvider: true }, "RuntimeFault"],
])("with %j unregistering the default comes to %s", async (switches, fault) => {
  const { vcenter, soap } = await startWithCallers({ switches });
  await soap.register("kp", 1);
  await soap.done("MarkDefault", { clusterId });
  expect((await soap.call("UnregisterKmsCluster", { clusterId })).fault).toBe(fault);
  expect(vcenter.state().defaultProvider).toBe(fault && "kp");
});

test("a provider may go with its last server", async () => {
  const { soap } = await startWithCallers({ switches: { lastServerEndsProvider: true } });
  await soap.register("kp", 1);
  await soap.done("RemoveKmipServer", { clusterId, serverName: "kms" });
  expect((await soap.call("ListKmipServers")).returned).toEqual([]);
});

test("a fault rule is told as a fault, or changes the text of an answer", async () => {
  const { vcenter, soap } = await startWithCallers();
  await soap.register("kp", 1);
  vcenter.faults.add({ method: "MarkDefault", action: { error: { name: "NoPermission", message: "no" } } });
  expect(await soap.call("MarkDefault", { clusterId })).toMatchObject({ fault: "NoPermission", message: "no" });
  vcenter.faults.add({ method: "ListKmipServers", action: { replaceText: { ">kp<": ">lie<" } } });
  const { returned } = await soap.call("ListKmipServers");
  expect(textIn(returned[0], "clusterId", "id")).toBe("lie");
});
