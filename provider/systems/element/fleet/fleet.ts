import { isDeepStrictEqual } from "node:util";
import { type FleetMember, isRecorded, type Lifecycle } from "../../../core/lifecycle";
import { NotImportableError } from "../../../core/object-errors";
import { differences } from "../../../core/plan";
import { checkArguments } from "../../../core/resource/description";
import { holdsUnknown } from "../../../core/unknown";
import { clusterPlace } from "../api/peer";
import { type FleetInputs, fleetResource } from "./resource";

/** Makes no object on any cluster: its list of names tells a provider process which clusters to report on. */
export const fleet: Lifecycle<FleetInputs, FleetInputs> = {
  async check(_olds, news, { fleet, self }) {
    const failures = checkArguments(fleetResource, news);
    if (failures.length === 0 && !holdsUnknown(news.clusters)) fleet.expect(self.identity, membersOf(news));
    return { inputs: news, failures, lines: [] };
  },

  async diff(_id, olds, news) {
    return { differing: differences({ clusters: !isDeepStrictEqual(olds.clusters, news.clusters) }), lines: [] };
  },

  async create(inputs) {
    return { id: "fleet", outputs: inputs };
  },

  async read(id, state, { fleet, self }) {
    if (!isRecorded(state, "clusters")) throw new NotImportableError(self.name, IS_A_LIST);
    fleet.expect(self.identity, membersOf(state));
    return { id, inputs: { clusters: state.clusters }, outputs: state };
  },

  async update(_id, _olds, news) {
    return news;
  },

  async delete(_id, state, { fleet, self }) {
    fleet.expect(self.identity, membersOf(state));
  },
};

const membersOf = ({ clusters }: FleetInputs): FleetMember[] =>
  Object.entries(clusters).map(([name, resources]) => ({ place: clusterPlace(name), resources }));

const IS_A_LIST = "a fleet is a list in the program, and on no cluster";
