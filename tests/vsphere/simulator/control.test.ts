import type { VCenterSimulator, VCenterSwitches } from "../../../simulator/vsphere";
import { issue, publicKeyOf } from "../../kit/certificates";
import { closeAll } from "../../simulator/cleanup";
import { authority } from "../../simulator/element/key-managers";
import { PROVIDERS } from "./rest-caller";
import { textIn } from "./soap-caller";
import { fingerprintOf, startVCenter, startWithCallers } from "./vcenters";

afterEach(closeAll);

async function ask(vcenter: VCenterSimulator, line: string, body?: object) {
  const [method, path] = line.split(" ");
  const response = await fetch(`${vcenter.controlEndpoint}${path}`, { method, body: body && JSON.stringify(body) });
  return { status: response.status, answer: JSON.parse(await response.text()) };
}

test.each<[Record<string, unknown>, string]>([
  [{ healthLagSeconds: "1m" }, "a number that is not negative"],
  [{ healthAfterChange: "stale" }, '"none" or "before"'],
  [{ mixedHealth: "YELLOW" }, '"WARNING" or "ERROR" or "OK"'],
  [{ trustsIssued: 1 }, "true or false"],
  [{ errorChannel: "both" }, '"http" or "task"'],
  [{ withoutTaskParameter: true }, '"refuse" or "startTask"'],
  [{ missingCertificate: 404 }, '"notFound" or "empty"'],
  [{ mismatchedCertificate: false }, '"refuse" or "accept"'],
  [{ certificateWithoutKey: "pair" }, '"signedRequest" or "refuse"'],
  [{ serverUpdate: "patch" }, '"merge" or "replace"'],
  [{ afterPrimaryKeyChange: "gone" }, '"readable" or "lost"'],
  [{ deniedMethods: ["login"] }, "a list of createSession, "],
  [{ errorStatuses: { notFound: 200 } }, "an object with a status from 400 to 599 for any of alreadyExists, "],
  [{ errorStatuses: { lost: 404 } }, "an object with a status"],
  [{ clockOffsetSeconds: null }, "a number, not null"],
  [{ healthLag: 1 }, "there is no switch named healthLag; there are healthLagSeconds, "],
])("the switch in %j is refused, with what it takes", async (switches, complaint) => {
  const start = startVCenter({ switches: switches as Partial<VCenterSwitches> });
  await expect(start).rejects.toThrow(RangeError);
  await expect(start).rejects.toThrow(complaint);
});

test("scripts see everything but secrets", async () => {
  const { vcenter, rest, soap } = await startWithCallers({ control: true });
  await rest.create("kp", 1);
  await rest.result(`POST ${PROVIDERS}/kp/client-certificate`);
  await rest.result(`PUT ${PROVIDERS}/kp/credential`, "hush");
  await soap.register("standard", 1, {}, "hush");
  const { answer } = await ask(vcenter, "GET /state");
  expect(answer).toMatchObject({ instanceUuid: vcenter.instanceUuid, kmsClusters: [{ name: "standard" }] });
  const requests = (await ask(vcenter, "GET /requests")).answer;
  expect(requests).toContainEqual(expect.objectContaining({ method: "setKmsCredential", outcome: "ok" }));
  expect(requests).toContainEqual(
    expect.objectContaining({ method: "getTask", params: expect.objectContaining({ of: "createKmsProvider" }) }),
  );
  const seen = JSON.stringify([answer, requests]);
  for (const secret of ["hush", vcenter.password, await rest.token(), "PRIVATE KEY"])
    expect(seen).not.toContain(secret);
  expect((await ask(vcenter, "GET /unwraps")).answer).toEqual([]);
});

test("somebody else changes providers of both kinds, past what the APIs refuse", async () => {
  const { vcenter, rest, soap } = await startWithCallers({ control: true });
  await rest.create("kp", 1);
  await soap.register("standard", 1);
  const mutate = async (action: string, params: object = {}) =>
    expect(await ask(vcenter, "POST /mutate", { action, ...params })).toMatchObject({ status: 200 });
  const KP = `${PROVIDERS}/kp`;
  const shown = async () => rest.result(`GET ${KP}`);

  await mutate("addServer", { provider: "kp", server: "b", host: "b.example.com" });
  await mutate("moveServer", { provider: "kp", server: "kms", host: "a.example.com", port: 2 });
  expect((await shown()).key_server.kmip_server.servers).toEqual([
    { name: "kms", address: { hostname: "a.example.com", port: 2 } },
    { name: "b", address: { hostname: "b.example.com", port: 5696 } },
  ]);
  for (const server of ["kms", "b"]) await mutate("removeServer", { provider: "kp", server });
  expect((await shown()).key_server.kmip_server.servers).toEqual([]);
  await mutate("changePrimaryKey", { provider: "kp", primaryKeyID: "9" });
  await mutate("changeDescription", { provider: "kp", description: "other" });
  await mutate("changeUserName", { provider: "kp", userName: "vc" });
  await mutate("changeProxy", { provider: "kp", host: "proxy", port: 3128 });
  await mutate("changeTimeout", { provider: "kp", seconds: 9 });
  expect(await shown()).toMatchObject({
    master_key_id: "9",
    key_server: {
      description: "other",
      proxy_server: { hostname: "proxy", port: 3128 },
      connection_timeout: 9,
      kmip_server: { username: "vc" },
    },
  });
  await mutate("changeUserName", { provider: "kp", userName: "" });
  await mutate("changeProxy", { provider: "kp", host: "" });
  await mutate("changeTimeout", { provider: "kp" });
  const { key_server } = await shown();
  expect(Object.keys(key_server)).toEqual(["type", "description", "kmip_server"]);
  expect(Object.keys(key_server.kmip_server)).toEqual(["servers"]);

  await mutate("changeUserName", { provider: "standard", userName: "vc" });
  await mutate("changePassword", { provider: "standard", server: "kms", password: "hush" });
  const [listed] = (await soap.call("ListKmipServers")).returned;
  expect(textIn(listed, "servers", "userName")).toBe("vc");

  const pem = authority.certificate;
  await mutate("trustCertificate", { provider: "kp", certificate: pem });
  const trusted = async () => (await rest.result(`GET ${KP}/peer-certs/trusted`)).certificates.map(fingerprintOf);
  expect(await trusted()).toEqual([fingerprintOf(pem)]);
  await mutate("untrustCertificate", { provider: "kp", certificate: pem });
  expect(await trusted()).toEqual([]);

  const used = async () => (await rest.result(`GET ${KP}/client-certificate`)).certificate;
  await mutate("generateClientCertificate", { provider: "kp" });
  const generated = await used();
  await mutate("generateClientCertificate", { provider: "kp" });
  expect(await used()).not.toBe(generated);
  await mutate("makeSigningRequest", { provider: "kp" });
  const { csr } = await rest.result(`GET ${KP}/client-certificate/csr`);
  const { cert } = issue(authority, { commonName: "signed", usage: "client", publicKey: publicKeyOf(csr) });
  await mutate("uploadClientCertificate", { provider: "kp", certificate: cert });
  expect(await used()).toBe(cert);
  const pair = issue(authority, { commonName: "pair", usage: "client" });
  await mutate("uploadClientCertificate", { provider: "kp", certificate: pair.cert, privateKey: pair.key });
  expect(await used()).toBe(pair.cert);

  await mutate("changeDefault", { provider: "standard" });
  expect(vcenter.state().defaultProvider).toBe("standard");
  await mutate("changeDefault");
  expect(vcenter.state().defaultProvider).toBeUndefined();
  await mutate("addNativeProvider", { provider: "native" });
  for (const provider of ["kp", "standard"]) await mutate("deleteProvider", { provider });
  expect(await rest.result(`GET ${PROVIDERS}`)).toEqual([]);
  expect((await soap.call("ListKmipServers")).returned.map((each) => textIn(each, "keyId"))).toEqual([
    expect.any(String),
  ]);
});

test("a vCenter is upgraded, replaced by another, and gets another password", async () => {
  const { vcenter, rest } = await startWithCallers();
  const { instanceUuid } = vcenter;
  await vcenter.act("replaceIdentity");
  expect(vcenter.instanceUuid).not.toBe(instanceUuid);
  expect((await rest.login()).status).toBe(201);
  const { password } = vcenter;
  await vcenter.act("replaceLogin", { password: "other" });
  expect([(await rest.login(password)).status, (await rest.login("other")).status]).toEqual([401, 201]);
  await vcenter.act("upgrade", { apiVersion: "9.0.0.0" });
  expect(
    (await rest.send(`GET ${PROVIDERS}`, undefined, { "vmware-api-session-id": (await rest.login()).json })).status,
  ).toBe(404);
});

test.each<[string, object, string]>([
  ["explode", {}, "action is one of deleteProvider"],
  ["deleteProvider", {}, "provider is missing"],
  ["deleteProvider", { provider: 7 }, "provider is a text"],
  ["deleteProvider", { provider: "none" }, "there is no provider none"],
  ["changePrimaryKey", { provider: "standard", primaryKeyID: "1" }, "there is no trusted provider standard"],
  ["moveServer", { provider: "standard", server: "none" }, "there is no server none"],
  ["moveServer", { provider: "standard", server: "kms", port: "1" }, "port is a number"],
  ["trustCertificate", { provider: "standard", certificate: "no PEM" }, "valid X.509"],
  ["encrypt", { machine: "none" }, "there is no machine none"],
  ["encrypt", { machine: "db" }, "no default key provider"],
  ["encrypt", { machine: "db", provider: "none" }, "no key provider none"],
  ["encrypt", { machine: "db", provider: "standard" }, "Cannot connect to key server kms"],
  ["upgrade", { apiVersion: "latest" }, "latest is no version"],
])("%s with %j is refused from outside", async (action, params, complaint) => {
  const { vcenter, soap } = await startWithCallers({ control: true });
  await soap.register("standard", 1);
  const { status, answer } = await ask(vcenter, "POST /mutate", { action, ...params });
  expect({ status, answer }).toEqual({ status: 400, answer: { error: expect.stringContaining(complaint) } });
});
