import { until } from "../lab";
import { byRule, during, type Encounter, type Failure, REKEY, rekeyRuns } from "./failure";
import type { Member } from "./fleet";

/** Nothing that this command would notice. */
const unnoticed: Encounter = { inflict: () => {} };

const forget = ({ cluster }: Member) =>
  cluster.mutate((state) => {
    state.asyncResults = [];
  });

const holdRekeys: Encounter = {
  inflict: ({ cluster }) => {
    cluster.switches.rekeySeconds = 3600;
  },
  code: "EKM_REKEY_DEADLINE",
  words: "still runs after 8 seconds",
  incomplete: true,
};

const endWithError: Encounter = {
  inflict: byRule({
    method: "GetAsyncResult",
    action: { result: { "/status": "complete", "/error": { name: "xKmipServerError", message: "no key" } } },
  }),
  code: "EKM_REKEY_FAILED",
  words: "xKmipServerError: no key",
  incomplete: true,
};

const rotateByHand = (member: Member) => member.byHand(REKEY, { keyManagementType: "External", keyProviderID: 1 });

const stop = ({ keyManager }: Member) => keyManager.stop();
const restart = ({ keyManager }: Member) => keyManager.restart();
const unreachable = { code: "EKM_REKEY_FAILED", words: "xKmipConnectionFailure", incomplete: true } as const;

/** When the new key opens the data, and the old one is not destroyed yet. */
async function stopBeforeTheEnd(member: Member): Promise<void> {
  await until(() => member.cluster.state().softwareEncryption.dataKey?.wrapped.length === 2);
  await stop(member);
}

const isRotated = (member: Member): boolean =>
  !rekeyRuns(member) && member.cluster.state().softwareEncryption.rekeys === 2;

const backups = new Map<Member, () => Promise<void>>();
const loseKeys = async (member: Member) => void backups.set(member, await member.keyManager.loseKeys());
const lost = { code: "EKM_REKEY_FAILED", words: "xKmipServerError", incomplete: true } as const;

/** What becomes of a rekey, of the key server behind it, and of its keys. */
export const REKEY_FAILURES: Failure[] = [
  {
    name: "handle vanishes",
    refresh: { inflict: forget },
    up: { inflict: during("GetAsyncResult", forget, rekeyRuns) },
    destroy: { inflict: during("GetAsyncResult", forget, rekeyRuns) },
  },
  { name: "rekey ends with an error", refresh: unnoticed, up: endWithError, destroy: endWithError },
  { name: "rekey does not end", refresh: unnoticed, up: holdRekeys, destroy: holdRekeys, deadline: 8 },
  {
    name: "rekey by somebody else before",
    refresh: { inflict: rotateByHand },
    up: { inflict: rotateByHand },
    destroy: { inflict: rotateByHand },
    drifts: "for good",
    rekeys: { refresh: 2, up: 4, destroy: 6 },
  },
  {
    name: "rekey by somebody else in between",
    refresh: unnoticed,
    up: { inflict: during("TestKeyProviderKmip", rotateByHand) },
    destroy: { inflict: during("GetSoftwareEncryptionAtRestInfo", rotateByHand) },
    rekeys: { refresh: 1, up: 2, destroy: 4 },
  },
  {
    name: "key server down before a rekey",
    drifts: "while it lasts",
    refresh: { inflict: stop },
    up: { inflict: stop, code: "EKM_KEY_SERVER_TEST", words: "xKmipConnectionFailure" },
    destroy: { inflict: stop, ...unreachable },
    mend: restart,
    ownKeyServer: true,
  },
  {
    name: "key server down during a rekey",
    drifts: "while it lasts",
    refresh: { inflict: stop },
    up: { inflict: during("TestKeyProviderKmip", stop), ...unreachable },
    destroy: { inflict: during("GetSoftwareEncryptionAtRestInfo", stop), ...unreachable },
    mend: restart,
    ownKeyServer: true,
  },
  {
    name: "key server down after a rekey",
    drifts: "while it lasts",
    refresh: { inflict: stop },
    up: { inflict: during("GetAsyncResult", stop, isRotated) },
    destroy: {
      inflict: (member) => {
        member.cluster.switches.rekeySeconds = 3;
        during("GetAsyncResult", stopBeforeTheEnd, rekeyRuns)(member);
      },
      code: "EKM_PROVIDER_ACTIVE",
      words: "keys that it created are outstanding",
    },
    mend: async (member) => {
      await restart(member);
      // Whoever looks at the cluster's faults makes it look at its key servers.
      await member.byHand("ListClusterFaults", {});
    },
    deadline: 8,
    ownKeyServer: true,
  },
  {
    name: "key deleted on the key server",
    drifts: "while it lasts",
    refresh: { inflict: loseKeys },
    up: { inflict: loseKeys, ...lost },
    destroy: { inflict: loseKeys, ...lost },
    mend: (member) => backups.get(member)?.(),
    ownKeyServer: true,
  },
];
