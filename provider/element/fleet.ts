import { isDeepStrictEqual } from "node:util";
import type { CheckFailure, HiddenInputs, Lifecycle } from "../lifecycle";
import { differences } from "../plan";
import { holdsUnknown, isUnknown } from "../unknown";

export interface FleetInputs extends HiddenInputs {
  /** How many resources the program declares on each cluster, by the name of its connection. */
  clusters: Record<string, number>;
}

/** Nothing on any cluster: a list of names, so that a provider process knows whose fate it is to tell. */
export const fleet: Lifecycle<FleetInputs, FleetInputs> = {
  async check(_olds, news, { fleet, self }) {
    const failures = complaintsOf(news);
    if (failures.length === 0 && !holdsUnknown(news.clusters)) fleet.expect(self.identity, news.clusters);
    return { inputs: news, failures, lines: [] };
  },

  async diff(_id, olds, news) {
    return { differing: differences({ clusters: !isDeepStrictEqual(olds.clusters, news.clusters) }), lines: [] };
  },

  async create(inputs) {
    return { id: "fleet", outputs: inputs };
  },

  async read(id, state, { fleet, self }) {
    const { clusters } = state;
    fleet.expect(self.identity, clusters);
    return { id, inputs: { clusters }, outputs: state };
  },

  async update(_id, _olds, news) {
    return news;
  },

  async delete(_id, { clusters }, { fleet, self }) {
    fleet.expect(self.identity, clusters);
  },
};

const isCount = (value: unknown): boolean => isUnknown(value) || (Number.isSafeInteger(value) && Number(value) >= 0);

function complaintsOf({ clusters }: FleetInputs): CheckFailure[] {
  if (isUnknown(clusters)) return [];
  const isRecord = typeof clusters === "object" && clusters !== null && !Array.isArray(clusters);
  if (isRecord && Object.values(clusters).every(isCount)) return [];
  return [{ property: "clusters", reason: "must be the number of resources of each cluster" }];
}
