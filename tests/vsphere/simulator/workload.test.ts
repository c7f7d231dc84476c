import { KmipClient } from "../../../kmip";
import type { VCenterSimulator, VCenterSwitches } from "../../../simulator/vsphere";
import { issue } from "../../kit/certificates";
import { closeAll, temporaryFolder } from "../../simulator/cleanup";
import { authority } from "../../simulator/element/key-managers";
import { PROVIDERS, type RestCaller } from "./rest-caller";
import { childIn, type SoapCaller, textIn } from "./soap-caller";
import { startKeyServer, startVCenter, startWithCallers } from "./vcenters";

afterEach(closeAll);

const client = issue(authority, { commonName: "vcenter", usage: "client" });

/** A standard provider that is healthy. */
async function standardProvider(soap: SoapCaller, keyServer: { port: number; certificate: string }, id = "kp") {
  const cluster = { id };
  await soap.register(id, keyServer.port);
  await soap.done("UploadKmipServerCert", { cluster, certificate: keyServer.certificate });
  await soap.done("UploadClientCert", { cluster, certificate: client.cert, privateKey: client.key });
}

/** A trusted provider that is healthy, with a primary key at its server. */
async function trustedProvider(rest: RestCaller, keyServer: { port: number; certificate: string }) {
  const primaryKey = await newKey(keyServer.port);
  const spec = { provider: "kp", master_key_id: primaryKey };
  const servers = [{ name: "kms", address: { hostname: "127.0.0.1", port: keyServer.port } }];
  await rest.result(`POST ${PROVIDERS}`, { ...spec, key_server: { type: "KMIP", kmip_server: { servers } } });
  await rest.result(`PATCH ${PROVIDERS}/kp/peer-certs/trusted`, { certificates: [keyServer.certificate] });
  const pair = { certificate: client.cert, private_key: client.key };
  await rest.result(`PATCH ${PROVIDERS}/kp/client-certificate`, pair);
}

async function newKey(port: number): Promise<string> {
  const connection = await KmipClient.connect({
    ...{ host: "127.0.0.1", port, ca: authority.certificate, cert: client.cert, key: client.key },
  });
  const uid = await connection.create({ algorithm: "AES", length: 256 });
  await connection.activate(uid);
  await connection.close();
  return uid;
}

const readable = async (vcenter: VCenterSimulator) =>
  Object.fromEntries((await vcenter.unwraps()).map(({ name, unwraps }) => [name, unwraps]));

test("a machine and a host hold data keys under keys that are made at the key server, and lose them with the provider", async () => {
  const { vcenter, soap } = await startWithCallers();
  const keyServer = await startKeyServer();
  await standardProvider(soap, keyServer);
  await soap.done("MarkDefault", { clusterId: { id: "kp" } });
  await vcenter.act("encrypt", { machine: "db" });
  await vcenter.act("encrypt", { machine: "host-21", provider: "kp" });
  const keys = keyServer.server.objects();
  expect(keys).toMatchObject([{ state: "Active" }, { state: "Active" }]);
  const [host, machine] = await vcenter.unwraps();
  expect(machine).toEqual({ id: "vm-31", name: "db", provider: "kp", keyID: keys[0]?.uid, unwraps: true });
  expect(host).toMatchObject({ id: "host-21", keyID: keys[1]?.uid, unwraps: true });
  const { "config.keyId": keyId } = await soap.properties("VirtualMachine:vm-31", "config.keyId", "name");
  expect([textIn(keyId, "keyId"), textIn(keyId, "providerId", "id")]).toEqual([keys[0]?.uid, "kp"]);
  const { "runtime.cryptoKeyId": hostKey } = await soap.properties("HostSystem:host-21", "runtime.cryptoKeyId");
  expect(textIn(hostKey, "keyId")).toBe(keys[1]?.uid);
  expect(JSON.stringify(vcenter.state())).not.toContain("PRIVATE KEY");

  await vcenter.act("untrustCertificate", { provider: "kp" });
  expect(await readable(vcenter)).toEqual({ db: false, "esx-1.simulated.local": false });
  await vcenter.act("trustCertificate", { provider: "kp", certificate: keyServer.certificate });
  expect(await readable(vcenter)).toEqual({ db: true, "esx-1.simulated.local": true });
  await soap.done("UnregisterKmsCluster", { clusterId: { id: "kp" } });
  expect(await readable(vcenter)).toEqual({ db: false, "esx-1.simulated.local": false });
  expect(keyServer.server.objects()).toHaveLength(2);
  await vcenter.act("decrypt", { machine: "db" });
  expect(await readable(vcenter)).toEqual({ "esx-1.simulated.local": false });
});

test("keys are made, listed, found in use, and forgotten, but not at the key server", async () => {
  const { vcenter, soap } = await startWithCallers();
  const keyServer = await startKeyServer();
  await standardProvider(soap, keyServer);
  const keyProvider = { id: "kp" };
  const spec = { attributes: [{ key: "team", value: "db" }] };
  const [made] = (await soap.call("GenerateKey", { keyProvider, spec })).returned;
  const [unused, success] = [textIn(made, "keyId", "keyId") ?? "", textIn(made, "success")];
  expect({ unused, success }).toEqual({ unused: keyServer.server.objects()[0]?.uid, success: "true" });
  await vcenter.act("encrypt", { machine: "mail", provider: "kp" });
  await vcenter.act("encrypt", { machine: "esx-2.simulated.local", provider: "kp" });
  const listed = async (parameters = {}) =>
    (await soap.call("ListKeys", parameters)).returned.map((each) => textIn(each, "keyId") ?? "");
  const [, ofMachine = "", ofHost = ""] = await listed();
  expect(await listed({ limit: 1 })).toEqual([unused]);

  const status = async (keyId: string, checkKeyBitMap: number, providerId: object | undefined = keyProvider) => {
    const [found] = (await soap.call("QueryCryptoKeyStatus", { keyIds: [{ keyId, providerId }], checkKeyBitMap }))
      .returned;
    return ["keyAvailable", "reason", "encryptedVMs", "affectedHosts"].map((name) => textIn(found, name));
  };
  expect(await status(unused, 7)).toEqual(["true", undefined, undefined, undefined]);
  expect(await status(ofMachine, 15)).toEqual(["true", undefined, "vm-32", undefined]);
  expect(await status(ofMachine, 2, undefined)).toEqual([undefined, undefined, "vm-32", undefined]);
  expect(await status(ofHost, 4)).toEqual([undefined, undefined, undefined, "host-22"]);
  expect(await status("none", 1)).toEqual(["false", "KeyStateMissingInKMS", undefined, undefined]);
  expect(await status(unused, 1, { id: "none" })).toEqual(["false", "KeyStateClusterInvalid", undefined, undefined]);

  const keyId = { keyId: unused, providerId: keyProvider };
  const other = { attributes: [{ key: "team", value: "web" }] };
  await soap.done("SetKeyCustomAttributes", { keyId, spec: other });
  expect(vcenter.state().kmsClusters[0]?.keys[0]).toEqual({ keyID: unused, ...other });
  const keys = [keyId, { keyId: ofMachine, providerId: keyProvider }];
  const removed = (await soap.call("RemoveKeys", { keys, force: false })).returned;
  expect(removed.map((each) => [textIn(each, "success"), textIn(each, "reason")])).toEqual([
    ["true", undefined],
    ["false", `The key ${ofMachine} is in use`],
  ]);
  await soap.done("RemoveKey", { key: keys[1], force: true });
  expect(await readable(vcenter)).toEqual({ mail: true, "esx-2.simulated.local": true });
  expect(keyServer.server.objects()).toHaveLength(3);
});

test("a key that cannot be made is told as a result, not as a fault", async () => {
  const { soap } = await startWithCallers();
  await soap.register("kp", 1);
  const [result] = (await soap.call("GenerateKey", { keyProvider: { id: "kp" } })).returned;
  expect(textIn(result, "success")).toBe("false");
  expect(textIn(result, "reason")).toMatch(/Cannot connect to key server kms \(127\.0\.0\.1:1\)/);
});

test("data outlives a change of servers while one of them has the key", async () => {
  const { vcenter, soap } = await startWithCallers();
  const keyServer = await startKeyServer();
  await standardProvider(soap, keyServer);
  await vcenter.act("encrypt", { machine: "db", provider: "kp" });
  await vcenter.act("addServer", { provider: "kp", server: "down", host: "127.0.0.1", port: 1 });
  expect(await readable(vcenter)).toEqual({ db: true });
  await vcenter.act("removeServer", { provider: "kp", server: "kms" });
  expect(await readable(vcenter)).toEqual({ db: false });
  await vcenter.act("moveServer", { provider: "kp", server: "down", port: keyServer.port });
  expect(await readable(vcenter)).toEqual({ db: true });
});

test("a workload uses a trusted provider of another vCenter, under its name, and loses its data with it", async () => {
  const { vcenter: owner, rest } = await startWithCallers();
  const keyServer = await startKeyServer();
  await trustedProvider(rest, keyServer);
  const { vcenter, soap } = await startWithCallers({ trustAuthority: owner });
  await soap.done("RegisterKmsCluster", { clusterId: { id: "kp" }, managementType: "trustAuthority" });
  await vcenter.act("encrypt", { machine: "web", provider: "kp" });
  expect(await readable(vcenter)).toEqual({ web: true });
  const [{ keyID = "" } = {}] = await vcenter.unwraps();
  const keyIds = [{ keyId: keyID, providerId: { id: "kp" } }];
  const [status] = (await soap.call("QueryCryptoKeyStatus", { keyIds, checkKeyBitMap: 3 })).returned;
  expect([textIn(status, "reason"), textIn(status, "encryptedVMs")]).toEqual([
    "KeyStateManagedByTrustAuthority",
    "vm-33",
  ]);
  expect((await soap.call("ListKeys")).returned.map((each) => textIn(each, "keyId"))).toEqual([keyID]);
  await rest.result(`DELETE ${PROVIDERS}/kp`);
  expect(await readable(vcenter)).toEqual({ web: false });
});

test.each([
  ["readable", true],
  ["lost", false],
] as const)("after another primary key, data is %s", async (afterPrimaryKeyChange, expected) => {
  const { vcenter, rest, soap } = await startWithCallers({ switches: { afterPrimaryKeyChange } });
  const keyServer = await startKeyServer();
  await trustedProvider(rest, keyServer);
  await soap.done("RegisterKmsCluster", { clusterId: { id: "kp" } });
  await vcenter.act("encrypt", { machine: "db", provider: "kp" });
  await rest.result(`PATCH ${PROVIDERS}/kp`, { master_key_id: await newKey(keyServer.port) });
  expect(await readable(vcenter)).toEqual({ db: expected });
});

test.each<[Partial<VCenterSwitches>, standard: string | undefined, trusted: string | undefined]>([
  [{}, undefined, undefined],
  [{ protectsUsedProvider: true }, "RuntimeFault", undefined],
  [{ protectsUsedTrustedProvider: true }, undefined, "RESOURCE_IN_USE"],
])("with %j deleting providers in use comes to %s and %s", async (switches, standard, trusted) => {
  const { vcenter, rest, soap } = await startWithCallers({ switches });
  const keyServer = await startKeyServer();
  await standardProvider(soap, keyServer, "standard");
  await trustedProvider(rest, keyServer);
  await soap.done("RegisterKmsCluster", { clusterId: { id: "kp" } });
  await vcenter.act("encrypt", { machine: "db", provider: "standard" });
  await vcenter.act("encrypt", { machine: "web", provider: "kp" });
  expect((await rest.task(`DELETE ${PROVIDERS}/kp`)).error).toBe(trusted);
  expect((await soap.call("UnregisterKmsCluster", { clusterId: { id: "standard" } })).fault).toBe(standard);
  expect(await readable(vcenter)).toEqual({ db: standard !== undefined, web: trusted !== undefined });
});

const SERVICES = "/vcenter/trusted-infrastructure/kms/services";
const TRUSTED = "/vcenter/trusted-infrastructure/trusted-clusters/domain-c20/kms/services";

test("a workload vCenter is told of key services, which its clusters use", async () => {
  const { vcenter, rest } = await startWithCallers();
  const spec = {
    address: { hostname: "esx-ta" },
    trusted_CA: { cert_chain: [client.cert] },
    group: "group-1",
    trust_authority_cluster: "domain-c8",
  };
  const { status, json: service } = await rest.send(`POST ${SERVICES}`, JSON.stringify(spec));
  expect({ status, service }).toEqual({ status: 201, service: expect.any(String) });
  const { trusted_CA: _, ...summary } = { ...spec, address: { hostname: "esx-ta", port: 443 } };
  const query = async (path: string, filter?: object) =>
    (await rest.send(`POST ${path}?action=query`, filter && JSON.stringify(filter))).json;
  expect(await query(SERVICES)).toEqual([{ service, ...summary }]);
  for (const filter of [
    { services: [service] },
    { address: [{ hostname: "esx-ta" }] },
    { trust_authority_cluster: ["domain-c8"] },
  ]) {
    expect(await query(SERVICES, filter)).toHaveLength(1);
  }
  expect(await query(SERVICES, { group: ["other"] })).toEqual([]);
  expect((await rest.send(`GET ${SERVICES}/${service}`)).json).toEqual({ ...summary, trusted_CA: spec.trusted_CA });
  expect(await query(TRUSTED)).toEqual([]);
  await rest.result(`POST ${TRUSTED}`, { type: "CLUSTER", trust_authority_cluster: "domain-c8" });
  await rest.result(`POST ${TRUSTED}`, { type: "SERVICE", service });
  expect(await query(TRUSTED)).toEqual([{ service, ...summary }]);
  expect((await rest.send(`GET ${TRUSTED}/${service}`)).status).toBe(200);
  expect(await rest.send(`DELETE ${SERVICES}/${service}`)).toMatchObject({ json: { error_type: "RESOURCE_IN_USE" } });
  await rest.result(`DELETE ${TRUSTED}/${service}`);
  expect(await rest.send(`GET ${TRUSTED}/${service}`)).toMatchObject({ status: 404 });
  expect((await rest.send(`DELETE ${SERVICES}/${service}`)).status).toBe(204);
  expect(vcenter.state().kmsServices).toEqual([]);
});

test.each<[line: string, body: object | undefined, error: string]>([
  [`POST ${SERVICES}`, { group: "x" }, "INVALID_ARGUMENT"],
  [`POST ${SERVICES}?action=query`, { service: "x" }, "UNEXPECTED_INPUT"],
  [`GET ${SERVICES}/none`, undefined, "NOT_FOUND"],
  [`POST ${TRUSTED}?vmw-task=true`, { type: "SERVICE", service: "none" }, "NOT_FOUND"],
  [`POST ${TRUSTED}?vmw-task=true`, { type: "CLUSTER" }, "INVALID_ARGUMENT"],
  [`POST ${TRUSTED}?vmw-task=true`, { type: "CLUSTER", trust_authority_cluster: "none" }, "NOT_FOUND"],
  [`POST ${TRUSTED.replace("c20", "c1")}?action=query`, {}, "NOT_FOUND"],
])("%s with %j is refused", async (line, body, error_type) => {
  const { rest } = await startWithCallers();
  expect((await rest.send(line, body && JSON.stringify(body))).json).toMatchObject({ error_type });
});

test("all of it outlives the vCenter", async () => {
  const stateDir = await temporaryFolder();
  const before = await startWithCallers({ stateDir });
  const keyServer = await startKeyServer();
  await standardProvider(before.soap, keyServer);
  await before.vcenter.act("encrypt", { machine: "db", provider: "kp" });
  await before.vcenter.close();
  const vcenter = await startVCenter({ stateDir });
  expect(vcenter.instanceUuid).toBe(before.vcenter.instanceUuid);
  expect(vcenter.password).toBe(before.vcenter.password);
  expect(await readable(vcenter)).toEqual({ db: true });
});

const filter = (objects: string, ...props: [type: string, path: string][]) =>
  props.map(([type, path]) => `<propSet><type>${type}</type><pathSet>${path}</pathSet></propSet>`).join("") + objects;

const traversal = (name: string, type: string, path: string, ...selections: string[]) =>
  `<selectSet><name>${name}</name><type>${type}</type><path>${path}</path><skip>false</skip>${selections
    .map((each) => `<selectSet><name>${each}</name></selectSet>`)
    .join("")}</selectSet>`;

const walk = `<objectSet><obj type="Folder">group-d1</obj><skip>true</skip>${[
  traversal("children", "Folder", "childEntity", "children", "machines", "hosts", "members"),
  traversal("machines", "Datacenter", "vmFolder", "children"),
  traversal("hosts", "Datacenter", "hostFolder", "children"),
  traversal("members", "ComputeResource", "host"),
].join("")}</objectSet>`;

test("machines and hosts are found from the root folder, and by a view, page by page", async () => {
  const { soap } = await startWithCallers();
  const specSet = `<specSet>${filter(walk, ["VirtualMachine", "name"], ["HostSystem", "name"])}</specSet>`;
  const namesIn = (elements: Awaited<ReturnType<SoapCaller["call"]>>["returned"]) =>
    elements.map((each) => textIn(childIn(each, "propSet"), "val"));
  const names = ["db", "mail", "web", "esx-1.simulated.local", "esx-2.simulated.local"];
  expect(namesIn((await soap.call("RetrieveProperties", specSet)).returned)).toEqual(names);

  const options = "<options><maxObjects>2</maxObjects></options>";
  const [page] = (await soap.call("RetrievePropertiesEx", specSet + options)).returned;
  const token = textIn(page, "token") ?? "";
  const objectsIn = (element = page) => (element?.children ?? []).filter(({ name }) => name === "objects");
  expect(namesIn(objectsIn())).toEqual(names.slice(0, 2));
  const [rest] = (await soap.call("ContinueRetrievePropertiesEx", { token })).returned;
  expect(namesIn(objectsIn(rest))).toEqual(names.slice(2));
  expect(await soap.call("ContinueRetrievePropertiesEx", { token })).toMatchObject({ fault: "InvalidArgument" });

  const container = '<container type="Folder">group-d1</container><type>HostSystem</type><recursive>true</recursive>';
  const view = await soap.text("CreateContainerView", container);
  const inView = `<objectSet><obj type="ContainerView">${view}</obj><skip>true</skip>${traversal("v", "ContainerView", "view")}</objectSet>`;
  const hosts = await soap.call(
    "RetrieveProperties",
    `<specSet>${filter(inView, ["ManagedEntity", "name"])}</specSet>`,
  );
  expect(namesIn(hosts.returned)).toEqual(names.slice(3));
  await soap.call("DestroyView", {}, `ContainerView:${view}`);
  expect(await soap.call("DestroyView", {}, `ContainerView:${view}`)).toMatchObject({ fault: "ManagedObjectNotFound" });
});

test.each<[what: string, parameters: string, fault: string]>([
  [
    "an object",
    filter('<objectSet><obj type="Task">none</obj></objectSet>', ["Task", "info"]),
    "ManagedObjectNotFound",
  ],
  [
    "a property",
    filter('<objectSet><obj type="Folder">group-d1</obj></objectSet>', ["Folder", "size"]),
    "InvalidProperty",
  ],
  [
    "a property of a property",
    filter('<objectSet><obj type="VirtualMachine">vm-31</obj></objectSet>', ["VirtualMachine", "config.size"]),
    "InvalidProperty",
  ],
  [
    "a traversal",
    filter('<objectSet><obj type="Folder">group-d1</obj><selectSet><name>x</name></selectSet></objectSet>'),
    "InvalidProperty",
  ],
])("%s that is not there is a fault", async (_, parameters, fault) => {
  const { soap } = await startWithCallers();
  expect(await soap.call("RetrieveProperties", `<specSet>${parameters}</specSet>`)).toMatchObject({ fault });
});

test("whoever waits for updates is told at once how it is, and later what has changed", async () => {
  const { vcenter, soap } = await startWithCallers();
  const keyServer = await startKeyServer();
  await standardProvider(soap, keyServer);
  const machine = '<objectSet><obj type="VirtualMachine">vm-31</obj></objectSet>';
  const spec = `<spec>${filter(machine, ["VirtualMachine", "config.keyId"])}</spec><partialUpdates>false</partialUpdates>`;
  const propertyFilter = await soap.text("CreateFilter", spec);
  const update = async (version: string, wait = 10) =>
    (await soap.call("WaitForUpdatesEx", { version, options: { maxWaitSeconds: wait } })).returned[0];
  const first = await update("");
  expect([textIn(first, "version"), textIn(first, "filterSet", "objectSet", "kind")]).toEqual(["1", "enter"]);
  expect(await update("1", 0)).toBeUndefined();
  const waiting = update("1");
  await vcenter.act("encrypt", { machine: "db", provider: "kp" });
  const change = childIn(childIn(childIn(await waiting, "filterSet"), "objectSet"), "changeSet");
  expect(textIn(change, "val", "keyId")).toBe(keyServer.server.objects()[0]?.uid);
  await soap.call("DestroyPropertyFilter", {}, `PropertyFilter:${propertyFilter}`);
  expect(await update("", 0)).toBeUndefined();
});
