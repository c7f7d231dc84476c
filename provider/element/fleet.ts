import { isDeepStrictEqual } from "node:util";
import type { CheckFailure, HiddenInputs, Lifecycle } from "../lifecycle";
import { holdsUnknown, isUnknown } from "../unknown";

export interface FleetInputs extends HiddenInputs {
  /** How many resources the program declares on each cluster, by the name of its connection. */
  clusters: Record<string, number>;
}

/** Nothing on any cluster: a list of names, so that a provider process knows whose fate it is to tell. */
export const fleet: Lifecycle<FleetInputs, FleetInputs> = {
  async check(_olds, news, { fleet }) {
    const failures = complaintsOf(news);
    if (failures.length === 0 && !holdsUnknown(news.clusters)) fleet.expect(news.resourceUrn, news.clusters);
    return { inputs: news, failures };
  },

  async diff(_id, olds, news) {
    return { changes: !isDeepStrictEqual(olds.clusters, news.clusters) };
  },

  async create(inputs) {
    return { id: "fleet", outputs: inputs };
  },

  async read(id, state, { fleet }) {
    fleet.expect(state.resourceUrn, state.clusters);
    const { resourceUrn, clusters } = state;
    return { id, inputs: { resourceUrn, clusters }, outputs: state };
  },

  async update(_id, _olds, news) {
    return news;
  },

  async delete(_id, state, { fleet }) {
    fleet.expect(state.resourceUrn, state.clusters);
  },
};

const isCount = (value: unknown): boolean => isUnknown(value) || (Number.isSafeInteger(value) && Number(value) >= 0);

function complaintsOf({ clusters }: FleetInputs): CheckFailure[] {
  if (isUnknown(clusters)) return [];
  const isRecord = typeof clusters === "object" && clusters !== null && !Array.isArray(clusters);
  if (isRecord && Object.values(clusters).every(isCount)) return [];
  return [{ property: "clusters", reason: "must be the number of resources of each cluster" }];
}
