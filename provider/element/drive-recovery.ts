import { isDeepStrictEqual } from "node:util";
import type { CheckFailure, Lifecycle, Looking } from "../lifecycle";
import { differences } from "../plan";
import { type Complaint, checkArgument, optional, triggersComplaint } from "./arguments";
import { recover } from "./drive-recovery-run";
import { type DriveRecoveryInputs, type DriveRecoveryOutputs, isAskedFor, sameDrives } from "./drive-recovery-state";
import { checkCluster, identify } from "./identity";

export const driveRecovery: Lifecycle<DriveRecoveryInputs, DriveRecoveryOutputs> = {
  async check(_olds, news, context) {
    return { inputs: news, failures: checkDriveRecovery(news, context), lines: [] };
  },

  async diff(_id, olds, news) {
    const differing = differences({
      complete: !olds.complete,
      drives: !sameDrives(olds.drives, news.drives),
      cluster: olds.cluster !== news.cluster,
      triggers: !isDeepStrictEqual(olds.triggers, news.triggers),
    });
    return { differing, lines: [] };
  },

  /** An action leaves no object of its own: the cluster on which it was done stands for it. */
  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    const outputs = await recover({ cluster, identity, inputs, context });
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
    if (isAskedFor(olds, news)) return recover({ cluster, identity, inputs: news, context });
    const { recoveredTime, complete } = olds;
    return { ...news, ...identity, recoveredTime, complete };
  },

  /** There is nothing to undo. */
  async delete() {},
};

function checkDriveRecovery(news: DriveRecoveryInputs, context: Looking): CheckFailure[] {
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
