import { isDeepStrictEqual } from "node:util";
import type { CheckFailure, Context, Lifecycle } from "../lifecycle";
import { type Complaint, checkArgument, optional, triggersComplaint } from "./arguments";
import { recover } from "./drive-recovery-run";
import { type DriveRecoveryInputs, type DriveRecoveryOutputs, isAskedFor } from "./drive-recovery-state";
import { checkCluster, identify } from "./identity";

export const driveRecovery: Lifecycle<DriveRecoveryInputs, DriveRecoveryOutputs> = {
  async check(_olds, news, context) {
    return { inputs: news, failures: checkDriveRecovery(news, context) };
  },

  async diff(_id, olds, news) {
    const changes =
      isAskedFor(olds, news) || olds.cluster !== news.cluster || !isDeepStrictEqual(olds.triggers, news.triggers);
    return { changes };
  },

  /** An action leaves no object of its own: the cluster on which it was done stands for it. */
  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    const outputs = await recover({ cluster, identity, inputs, verb: "create", context });
    return { id: identity.clusterUniqueID, outputs };
  },

  /** What was done stays done, whatever became of the drives since. */
  async read(id, state, context) {
    const { identity } = await identify(context, state.cluster, state);
    const { stateVersion, clusterUniqueID, tlsVerification, recoveredTime, complete, asyncHandle, ...inputs } = state;
    return { id, inputs, outputs: { ...state, ...identity } };
  },

  async update(_id, olds, news, context) {
    const { cluster, identity } = await identify(context, news.cluster, olds);
    if (isAskedFor(olds, news)) return recover({ cluster, identity, inputs: news, verb: "update", context });
    const { recoveredTime, complete } = olds;
    return { ...news, ...identity, recoveredTime, complete };
  },

  /** There is nothing to undo. */
  async delete() {},
};

function checkDriveRecovery(news: DriveRecoveryInputs, context: Context): CheckFailure[] {
  const { drives } = news;
  const ids = Array.isArray(drives)
    ? drives.flatMap((id, index) => checkArgument(`drives[${index}]`, id, driveComplaint))
    : [];
  return [
    ...checkCluster(news, context),
    ...checkArgument("drives", drives, listComplaint),
    ...ids,
    ...checkArgument("triggers", news.triggers, optional(triggersComplaint)),
  ];
}

function listComplaint(value: unknown): Complaint {
  if (!Array.isArray(value) || value.length === 0) return "must be a list of at least one drive's id";
  const known = value.filter((id) => typeof id === "number");
  return new Set(known).size === known.length ? undefined : "must not name a drive twice";
}

const driveComplaint = (value: unknown): Complaint =>
  Number.isSafeInteger(value) && Number(value) > 0 ? undefined : "must be a drive's id: a whole number";
