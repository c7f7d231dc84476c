import type { Method } from "../../../provider/systems/element/api/types";
import { Standing } from "../../kit/standing";
import { type ElementSubject, elementSubjects } from "../specimen";
import type { Scene } from "../stage";
import { useTheatre, writesOf } from "../table";
import { CALL_FAILURES } from "./call-failures";
import { membersOf, pathOf, wrongValuesFor } from "./values";

const theatre = useTheatre();
let scene: Scene;
let standing: Standing;

beforeEach(async () => {
  scene = await theatre.scene("external");
  standing = await Standing.on(scene, elementSubjects);
});

/** What every lifecycle looks at the cluster by. */
const LOOKS = [
  "GetClientCertificateSignRequest",
  "ListKeyServersKmip",
  "ListKeyProvidersKmip",
  "GetSoftwareEncryptionAtRestInfo",
  "GetEncryptionAtRestInfo",
] as const;

/** Those that take time are left to the tests of single calls. */
const everyCall = CALL_FAILURES.filter(({ slow, rule }) => !slow && !JSON.stringify(rule).includes("padToBytes"));

test.each(everyCall)(
  "$name: state and cluster stay as they are, whatever the operation",
  async ({ rule, code, words }) => {
    for (const method of LOOKS) scene.cluster.faults.add({ method, ...rule });
    const [cluster, calls] = [scene.cluster.state(), scene.cluster.calls().length];
    for (const subject of elementSubjects) {
      const { type, inStateAlone = [] } = subject;
      for (const operation of (["refresh", "up", "destroy"] as const).filter((each) => !inStateAlone.includes(each))) {
        const { outcome, state, before } = await standing.outcome(subject, operation);
        expect({ type, operation, ...outcome }).toMatchObject({ type, operation, failed: code, incomplete: false });
        expect((outcome as { message: string }).message).toContain(words);
        expect(state).toEqual(before);
      }
    }
    expect(scene.cluster.state()).toEqual(cluster);
    expect(writesOf(scene, calls)).toEqual([]);
  },
);

/** The operations by which a method's result decides. */
const DECIDES: [method: Method, params: object, types: string[], operation: "refresh" | "destroy"][] = [
  ["GetAPI", {}, ["KeyProvider"], "refresh"],
  ["GetClusterInfo", {}, ["KeyProvider"], "refresh"],
  ["GetClientCertificateSignRequest", {}, ["KeyPair", "CertificateSigningRequest"], "refresh"],
  ["ListKeyServersKmip", {}, ["KeyServer", "KeyServerAttachment"], "refresh"],
  ["ListKeyProvidersKmip", {}, ["KeyProvider"], "refresh"],
  ["ListKeyProvidersKmip", {}, ["KeyServer", "KeyProvider", "KeyServerAttachment"], "destroy"],
  ["GetSoftwareEncryptionAtRestInfo", {}, ["MasterKey"], "refresh"],
  ["GetSoftwareEncryptionAtRestInfo", {}, ["KeyProvider"], "destroy"],
  ["GetEncryptionAtRestInfo", {}, ["KeyProvider"], "destroy"],
  ["GetEncryptionAtRestInfo", {}, ["HardwareEncryption"], "refresh"],
  ["GetAsyncResult", { asyncHandle: 1, keepResult: true }, ["KeyProvider"], "destroy"],
];

const subjectOf = (type: string): ElementSubject => {
  const subject = elementSubjects.find((each) => each.type === type);
  if (subject === undefined) throw new Error(`no resource on clusters is a ${type}`);
  return subject;
};

test.each(DECIDES)(
  "%s %j, of a wrong type in any member, makes nothing of %j gone by a %s",
  async (method, params, affected, operation) => {
    const members = membersOf(await scene.byHand(method, params as never));
    const cluster = scene.cluster.state();
    let noticed = 0;
    for (const { pointer, value } of members) {
      for (const wrong of wrongValuesFor(value)) {
        // A server that says it is not attached is not attached.
        if (wrong === null && pointer.endsWith("keyProviderID") && method === "ListKeyServersKmip") continue;
        scene.cluster.faults.clear();
        scene.cluster.faults.add({ method, action: { result: { [pointer]: wrong } } });
        for (const type of affected) {
          const { outcome, state } = await standing.outcome(subjectOf(type), operation);
          const where = { pointer, wrong, type };
          expect({ ...where, present: state !== undefined }).toEqual({ ...where, present: true });
          if (!("failed" in outcome) || outcome.failed === "EKM_PROVIDER_ACTIVE") continue;
          expect({ ...where, code: outcome.failed }).toEqual({ ...where, code: "EKM_UNEXPECTED_ANSWER" });
          expect(outcome.message).toContain(`calling ${method} on cluster "default": ${pathOf(pointer)}`);
          noticed += 1;
        }
      }
    }
    expect(noticed).toBeGreaterThan(0);
    expect(scene.cluster.state()).toEqual(cluster);
  },
);
