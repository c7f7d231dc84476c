import { isDeepStrictEqual } from "node:util";
import { isRecorded, type Lifecycle } from "../../../core/lifecycle";
import { NotImportableError } from "../../../core/object-errors";
import { differences } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { checkCluster, identify } from "../cluster";
import { recover } from "./converge";
import { type DriveRecoveryInputs, type DriveRecoveryOutputs, driveRecoveryResource } from "./resource";

export const driveRecovery: Lifecycle<DriveRecoveryInputs, DriveRecoveryOutputs> = {
  async check(_olds, news, context) {
    const inputs = withDefaults(driveRecoveryResource, news);
    return {
      inputs,
      failures: [...checkArguments(driveRecoveryResource, inputs), ...checkCluster(inputs, context)],
      lines: [],
    };
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
    if (!isRecorded(state, "drives")) throw new NotImportableError(context.self.name, IS_AN_ACTION);
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

const IS_AN_ACTION = "a recovery of drives is an action, and leaves nothing on the cluster that tells of it";

/** Whether new arguments ask for a recovery: equal ones never do again, and neither do triggers that are taken away. */
const isAskedFor = (olds: DriveRecoveryOutputs, news: DriveRecoveryInputs): boolean =>
  !olds.complete ||
  !sameDrives(olds.drives, news.drives) ||
  (news.triggers !== undefined && !isDeepStrictEqual(olds.triggers ?? {}, news.triggers));

/** The list has no order. */
const sameDrives = (a: number[], b: number[]): boolean => isDeepStrictEqual(sorted(a), sorted(b));

/** A list may be unknown as a whole. */
const sorted = (drives: number[]): unknown => (Array.isArray(drives) ? drives.toSorted((a, b) => a - b) : drives);
