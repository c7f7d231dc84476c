import { configuredConnections } from "../../../provider/adapters/pulumi/connections";
import { vsphere } from "../../../provider/systems/vsphere/system";
import { identify } from "../../../provider/systems/vsphere/vcenter";
import { MovedClock } from "../../kit/moved-clock";
import { INSTANCE_UUID, Service } from "./service";

const GOOD = { endpoint: "https://vcenter.example.com", username: "ekm@vsphere.local", password: "Canary8d21f05e" };
const runtime = { clock: new MovedClock(), signal: new AbortController().signal, assertHostAlive: async () => {} };

const settings = (change: object, environment: NodeJS.ProcessEnv = {}) =>
  configuredConnections(vsphere, { vcenters: { default: { ...GOOD, ...change } } }, environment, runtime).connection(
    "default",
  ).settings;

test.each<[string, object, object]>([
  ["nothing more", {}, GOOD],
  ["a port", { endpoint: "https://VCENTER.example.com:8443/" }, { endpoint: "https://vcenter.example.com:8443" }],
  ["a password of digits", { password: 12345678 }, { password: "12345678" }],
  ["a password of any letters", { password: "pä\u{1f511}\u0085x ß" }, { password: "pä\u{1f511}\u0085x ß" }],
])("a connection with %s", (_what, given, expected) => expect(settings(given)).toMatchObject(expected));

test.each<[string, object, string]>([
  ["no endpoint", { endpoint: undefined }, "endpoint is missing"],
  ["no user name", { username: "" }, "username is missing"],
  ["no password", { password: undefined }, "password is missing"],
  ["a path", { endpoint: "https://vcenter.example.com/sdk" }, "endpoint is no address"],
  ["no TLS", { endpoint: "http://vcenter.example.com" }, "endpoint is no address"],
  ["a line break in its password", { password: "Canary8d21f05e\n" }, "password ends in a line break"],
  ["a bell in its password", { password: "Canary8d21f05e\u0007!" }, "password has a control character"],
  ["half a character in its user name", { username: "ekm\ud800@vsphere.local" }, "username has a control character"],
  ["two ways to trust", { insecure: true, fingerprint256: "A".repeat(64) }, "more than one of"],
  ["a setting of nobody", { passwort: "x" }, "passwort"],
])("a connection with %s is refused", (_what, given, words) => {
  const refused = expect.objectContaining({
    code: "EKM_CONNECTION_CONFIGURATION",
    message: expect.stringMatching(new RegExp(`^(?!.*Canary).*${words}`)),
  });
  expect(() => settings(given)).toThrow(refused);
});

test("the environment freshens user name and password, and nothing else", () => {
  const inEnvironment = (given: object) => ({ EKM_VCENTERS: JSON.stringify({ default: given }) });
  expect(settings({}, inEnvironment({ password: "another" }))).toMatchObject({ ...GOOD, password: "another" });
  const insecure = inEnvironment({ password: "another", insecure: true });
  expect(settings({}, insecure)).not.toMatchObject({ insecure: true });
  expect(() => settings({}, inEnvironment({ endpoint: "https://other.example.com" }))).toThrow(
    "EKM_VCENTERS names the endpoint https://other.example.com",
  );
});

test("another vCenter at the address is none", async () => {
  const service = await Service.start();
  const vcenters = { default: service.settings };
  const connections = configuredConnections(vsphere, { vcenters }, {}, runtime);
  const context = { connection: (_: unknown, name: string) => connections.connection(name) as never };
  const { identity } = await identify(context, "default", { vcenterUuid: INSTANCE_UUID });
  expect(identity).toEqual({ stateVersion: 1, vcenterUuid: INSTANCE_UUID, tlsVerification: "caCertificate" });
  await expect(identify(context, "default", { vcenterUuid: "another" })).rejects.toMatchObject({
    code: "EKM_CONNECTION_IDENTITY",
    message: expect.stringContaining(
      `is the vcenter with instanceUuid ${INSTANCE_UUID}, but this resource is on another`,
    ),
  });
  expect(service.logins).toEqual([]);
  await connections.close();
  await service.close();
});
