import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import type { MasterKeyInputs, MasterKeyOutputs } from "../../../provider/systems/element/master-key/resource";
import type { FaultRule } from "../../../simulator";
import { expectExternal, external, REKEY } from "../master-key-scene";
import type { Scene } from "../stage";
import { lifecycleTable, type Row, type Step } from "../table";

type KeyRow = Row<MasterKeyInputs, MasterKeyOutputs>;
type KeyStep = Step<MasterKeyInputs, MasterKeyOutputs>;

const lie =
  (rule: FaultRule): KeyStep["given"] =>
  ({ scene }) =>
    scene.cluster.faults.add({ count: 1, ...rule });
const truth: KeyStep["given"] = ({ scene }) => {
  scene.cluster.faults.clear();
  scene.cluster.switches.deniedMethods = [];
};
const oneRekey: KeyStep["afterwards"] = ({ scene }) => expectExternal(scene, 1);

/** A create that fails before it knows of its rekey, and the run after it. */
const lostRekey = (name: string, rule: FaultRule, ...failed: [code: string, ...words: string[]]): KeyRow => ({
  name: `finishes the rekey ${name}`,
  stage: "attached",
  steps: [
    { given: lie(rule), up: external(), failed, writes: [REKEY] },
    { given: truth, up: external(), did: "created", afterwards: oneRekey },
  ],
});

/** A create that fails while it waits for its rekey, and the run after it. */
const forsakenRekey = (
  name: string,
  given: KeyStep["given"],
  ...failed: [code: string, ...words: string[]]
): KeyRow => ({
  name: `resumes the rekey ${name}`,
  stage: "attached",
  steps: [
    { given, up: external(), failed, incomplete: true, outputs: { complete: false, asyncHandle: 1 }, writes: [REKEY] },
    { given: truth, refresh: true, did: "refreshed", outputs: { complete: false } },
    { up: external(), did: "updated", outputs: { complete: true }, afterwards: oneRekey },
  ],
});

const poll = "GetAsyncResult";
const failedJob = { name: "xKmipServerError", message: "no key" };

lifecycleTable("MasterKey", masterKey, [
  lostRekey(
    "whose handle came as a text",
    { method: REKEY, action: { result: { "/asyncHandle": "1" } } },
    "EKM_UNEXPECTED_ANSWER",
    `calling ${REKEY}`,
    'result.asyncHandle is the text "1"',
  ),
  lostRekey(
    "whose handle came as nothing",
    { method: REKEY, action: { result: { "": {} } } },
    "EKM_UNEXPECTED_ANSWER",
    "result.asyncHandle is missing",
  ),
  lostRekey(
    "whose answer was cut short",
    { method: REKEY, action: { truncate: true } },
    "EKM_CONNECTION_UNREACHABLE",
    "had its effect is not known",
  ),
  lostRekey(
    "whose answer was an error page",
    { method: REKEY, when: "after", action: { httpStatus: 502 } },
    "EKM_CONNECTION_UNREACHABLE",
    "HTTP 502",
  ),

  forsakenRekey(
    "that was in an unknown state",
    lie({ method: poll, action: { result: { "/status": "failed" } } }),
    "EKM_UNEXPECTED_ANSWER",
    `calling ${poll}`,
    'result.status is the text "failed"',
  ),
  forsakenRekey(
    "that failed with no words",
    lie({ method: poll, action: { result: { "/status": "complete", "/error": "no" } } }),
    "EKM_UNEXPECTED_ANSWER",
    'result.error is the text "no"',
  ),
  forsakenRekey(
    "that was said to have failed",
    lie({ method: poll, action: { result: { "/status": "complete", "/error": failedJob } } }),
    "EKM_REKEY_FAILED",
    "xKmipServerError: no key",
  ),
  forsakenRekey(
    "that was said to be complete",
    lie({ method: poll, action: { result: { "/status": "complete" } } }),
    "EKM_REKEY_FAILED",
    "is in force",
  ),
  forsakenRekey(
    "whose end could not be looked at",
    lie({ method: "GetSoftwareEncryptionAtRestInfo", skip: 3, count: 6, action: { httpStatus: 503 } }),
    "EKM_CONNECTION_UNREACHABLE",
    "HTTP 503 (tried 6 times)",
  ),
  forsakenRekey(
    "that the account may not look at",
    ({ scene }) => {
      scene.cluster.switches.deniedMethods = [poll];
    },
    "EKM_PERMISSION_DENIED",
    `calling ${poll}`,
    "xPermissionDenied",
  ),

  {
    name: "waits for the right to rekey",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => {
          scene.cluster.switches.deniedMethods = [REKEY];
        },
        up: external(),
        failed: ["EKM_PERMISSION_DENIED", `calling ${REKEY}`],
        writes: [REKEY],
      },
      { given: truth, up: external(), did: "created", writes: [REKEY], afterwards: oneRekey },
    ],
  },
  {
    name: "does not take another refusal for a rekey that runs",
    stage: "attached",
    steps: [
      {
        given: lie({ method: REKEY, action: { error: { name: "xUnforeseen", message: "no" } } }),
        up: external(),
        failed: ["EKM_ELEMENT_API", "xUnforeseen: no"],
        writes: [REKEY],
      },
    ],
  },
  {
    name: "joins the rekey that somebody else started in between",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => somebodyIsFaster(scene, { keyManagementType: "External", keyProviderID: 1 }),
        up: external(),
        did: "created",
        writes: [REKEY, REKEY],
        afterwards: oneRekey,
      },
    ],
  },
  {
    name: "rekeys after the rekey to another holder that somebody else started in between",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => somebodyIsFaster(scene, { keyManagementType: "Internal" }),
        up: external(),
        did: "created",
        writes: [REKEY, REKEY, REKEY],
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
    ],
  },
  {
    name: "takes the rotation that somebody else started in between for the one that was asked for",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { quarter: "1" } }), did: "created" },
      {
        given: ({ scene }) => somebodyIsFaster(scene, { keyManagementType: "External", keyProviderID: 1 }),
        up: external({ rotationTriggers: { quarter: "2" } }),
        did: "updated",
        writes: [REKEY, REKEY],
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
      { up: external({ rotationTriggers: { quarter: "2" } }), did: "unchanged" },
    ],
  },
]);

/** Holds our rekey at the cluster's door until somebody else's runs. */
function somebodyIsFaster(scene: Scene, theirs: Parameters<Scene["rekeyByHand"]>[0]): void {
  scene.cluster.switches.rekeySeconds = 0.3;
  scene.cluster.faults.add({ method: REKEY, count: 1, delayMs: 150 });
  void (async () => {
    while (scene.cluster.faults.list()[0]?.hits !== 1) await new Promise(setImmediate);
    await scene.byHand(REKEY, theirs);
  })();
}
