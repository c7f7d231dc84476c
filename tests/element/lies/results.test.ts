import { RESULTS } from "../../../provider/systems/element/api/results";
import type { Method, Params, Result } from "../../../provider/systems/element/api/types";
import { replaced } from "../../../simulator/chassis/replacements";
import { useTheatre } from "../table";
import { type Member, membersOf, pathOf, wrongValuesFor } from "./values";

const theatre = useTheatre();

const keyServerParams = {
  kmipKeyServerName: "second",
  kmipKeyServerHostnames: ["kms"],
  kmipCaCertificate: "CA",
  kmipClientCertificate: "client",
};

const SERVER = [
  "",
  "/keyServerID",
  "/kmipKeyServerName",
  "/kmipKeyServerHostnames",
  "/kmipKeyServerHostnames/0",
  "/kmipCaCertificate",
  "/kmipClientCertificate",
];
const SERVER_OPTIONAL = ["/keyProviderID", "/kmipKeyServerPort"];
const PROVIDER = ["", "/keyProviderID", "/keyProviderName", "/keyProviderIsActive", "/keyServerIDs"];
const KEY = ["", "/keyManagementType", "/keyProviderID", "/keyID"];
const under = (pointer: string, members: string[]): string[] => members.map((member) => pointer + member);

/** The members of each method's result that must be as documented, and those that may be left out. */
const RELIED_ON: { [M in Method]?: { params: Params<M>; required: string[]; optional?: string[] } } = {
  GetAPI: { params: {}, required: ["/currentVersion"] },
  GetClusterInfo: {
    params: {},
    required: under("/clusterInfo", ["", "/name", "/uniqueID"]),
    optional: ["/clusterInfo/encryptionAtRestState"],
  },
  GetClusterVersionInfo: { params: {}, required: ["/clusterAPIVersion"] },
  GetClientCertificateSignRequest: { params: {}, required: ["/clientCertificateSignRequest"] },
  CreateKeyServerKmip: {
    params: keyServerParams,
    required: under("/kmipKeyServer", SERVER),
    optional: under("/kmipKeyServer", SERVER_OPTIONAL),
  },
  ModifyKeyServerKmip: {
    params: { keyServerID: 1 },
    required: under("/kmipKeyServer", SERVER),
    optional: under("/kmipKeyServer", SERVER_OPTIONAL),
  },
  GetKeyServerKmip: {
    params: { keyServerID: 1 },
    required: under("/kmipKeyServer", SERVER),
    optional: under("/kmipKeyServer", SERVER_OPTIONAL),
  },
  ListKeyServersKmip: {
    params: {},
    required: ["/kmipKeyServers", ...under("/kmipKeyServers/0", SERVER)],
    optional: under("/kmipKeyServers/0", SERVER_OPTIONAL),
  },
  CreateKeyProviderKmip: { params: { keyProviderName: "second" }, required: under("/kmipKeyProvider", PROVIDER) },
  GetKeyProviderKmip: {
    params: { keyProviderID: 1 },
    required: under("/kmipKeyProvider", [...PROVIDER, "/keyServerIDs/0"]),
  },
  ListKeyProvidersKmip: {
    params: {},
    required: ["/kmipKeyProviders", ...under("/kmipKeyProviders/0", [...PROVIDER, "/keyServerIDs/0"])],
  },
  TestKeyProviderKmip: { params: { keyProviderID: 1 }, required: [] },
  GetSoftwareEncryptionAtRestInfo: {
    params: {},
    required: ["/state", ...under("/masterKeyInfo", KEY)],
    optional: ["/masterKeyInfo/keyCreatedTime", "/rekeyMasterKeyAsyncResultID"],
  },
  EnableEncryptionAtRest: { params: { keyProviderID: 1 }, required: [] },
  GetEncryptionAtRestInfo: {
    params: {},
    required: ["/state", ...under("/authenticationKeyInfo", ["/keyManagementType", "/keyProviderID"])],
    optional: under("/authenticationKeyInfo", ["", "/keyID", "/keyCreatedTime"]),
  },
  GetAsyncResult: { params: { asyncHandle: 1, keepResult: true }, required: ["/status"] },
  ListAsyncResults: {
    params: {},
    required: ["/asyncHandles", ...under("/asyncHandles/0", ["", "/asyncResultID", "/completed", "/resultType"])],
  },
  ListClusterFaults: { params: {}, required: ["/faults"] },
  ListDrives: {
    params: {},
    required: ["/drives", ...under("/drives/0", ["", "/driveID", "/nodeID", "/status"])],
    optional: ["/drives/0/keyProviderID"],
  },
  RekeySoftwareEncryptionAtRestMasterKey: { params: {}, required: ["/asyncHandle"] },
  // Last: the key server knows another pair.
  CreatePublicPrivateKeyPair: { params: {}, required: [] },
};

const methods = Object.keys(RELIED_ON) as Method[];

test("a result of the wrong type is refused, and the member named; what nobody relies on may be anything", async () => {
  const scene = await theatre.scene("external");
  for (const method of methods) {
    const {
      params,
      required,
      optional = [],
    } = RELIED_ON[method] as { params: Params<Method>; required: string[]; optional?: string[] };
    const result = await scene.byHand(method, params as never);
    const members = membersOf(result);
    const refused = members
      .filter((member) => refusals(method, result, member).length > 0)
      .map(({ pointer }) => pointer);
    expect({ method, refused: refused.sort() }).toEqual({ method, refused: ["", ...required, ...optional].sort() });
    for (const { pointer, value } of members.filter(({ pointer }) => refused.includes(pointer))) {
      const wrong = wrongValuesFor(value).filter((other) => other !== null || !optional.includes(pointer));
      expect({ method, pointer, refused: refusals(method, result, { pointer, value }) }).toEqual({
        method,
        pointer,
        refused: wrong,
      });
    }
  }
});

/** The values of other types that are refused in place of a member, each with the member's path in the complaint. */
function refusals(method: Method, result: unknown, { pointer, value }: Member): unknown[] {
  return wrongValuesFor(value).filter((other) => {
    try {
      RESULTS[method](replaced(result, { [pointer]: other }), "result");
      return false;
    } catch (error) {
      expect((error as Error).message).toContain(pathOf(pointer));
      return true;
    }
  });
}

const read = <M extends Method>(method: M, result: unknown): Result<M> => RESULTS[method](result, "result");
const key = { keyManagementType: "internal", keyID: "4d80a629-a11b-40ab-8b30-d66dd5647cfd" };
const encryption = (masterKeyInfo: object, more: object = {}) => ({
  state: "enabled",
  version: 1,
  masterKeyInfo,
  ...more,
});

test.each<[what: string, method: Method, result: object, complaint: string]>([
  [
    "an unknown holder",
    "GetSoftwareEncryptionAtRestInfo",
    encryption({ ...key, keyManagementType: "quantum" }),
    'result.masterKeyInfo.keyManagementType is the text "quantum", not "internal" or "external"',
  ],
  [
    "an external key of no provider",
    "GetSoftwareEncryptionAtRestInfo",
    encryption({ ...key, keyManagementType: "external" }),
    "result.masterKeyInfo.keyProviderID is missing, not a whole number",
  ],
  [
    "a key without an id",
    "GetSoftwareEncryptionAtRestInfo",
    encryption({ keyManagementType: "internal" }),
    "result.masterKeyInfo.keyID is missing",
  ],
  [
    "a key of no time",
    "GetSoftwareEncryptionAtRestInfo",
    encryption({ ...key, keyCreatedTime: "yesterday" }),
    'keyCreatedTime is the text "yesterday", not a time',
  ],
  [
    "encryption that is neither on nor off",
    "GetSoftwareEncryptionAtRestInfo",
    { state: "enabling" },
    'result.state is the text "enabling"',
  ],
  ["encryption that says nothing", "GetSoftwareEncryptionAtRestInfo", {}, "result.state is missing"],
  [
    "a job in an unknown state",
    "GetAsyncResult",
    { status: "failed" },
    'result.status is the text "failed", not "running" or "complete"',
  ],
  [
    "a job with half an error",
    "GetAsyncResult",
    { status: "complete", error: { name: "x" } },
    "result.error.message is missing",
  ],
  [
    "a cluster without an identity",
    "GetClusterInfo",
    { clusterInfo: { name: "c", uniqueID: "" } },
    "result.clusterInfo.uniqueID",
  ],
  [
    "a version that is a number",
    "GetAPI",
    { currentVersion: 12.3 },
    'result.currentVersion is 12.3, not a version such as "12.3"',
  ],
  [
    "a list that is an object",
    "ListKeyServersKmip",
    { kmipKeyServers: {} },
    "result.kmipKeyServers is an object, not a list",
  ],
  [
    "an element that is null",
    "ListKeyProvidersKmip",
    { kmipKeyProviders: [null] },
    "result.kmipKeyProviders[0] is null, not an object",
  ],
  ["a long text", "GetAsyncResult", { status: "x".repeat(1_000) }, "result.status is a long text"],
])("%s is refused", (_what, method, result, complaint) => {
  expect(() => read(method, result)).toThrow(complaint);
});

test("letter case, a null for what is left out, and members that nobody knows make no difference", () => {
  const result = {
    status: "Enabled",
    masterKeyInfo: { ...key, keyManagementType: "Internal", keyProviderID: null, keyCreatedTime: null },
    rekeyMasterKeyAsyncResultID: null,
    quantum: true,
  };
  expect(read("GetSoftwareEncryptionAtRestInfo", result)).toEqual({
    status: "enabled",
    state: "enabled",
    masterKeyInfo: key,
    quantum: true,
  });
  expect(read("GetAsyncResult", { status: "complete", error: null })).toEqual({ status: "complete" });
});
