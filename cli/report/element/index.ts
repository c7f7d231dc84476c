import type { Cluster } from "../../../provider/systems/element/api/cluster";
import { DEFAULT_CLUSTER } from "../../../provider/systems/element/default-cluster";
import { element } from "../../../provider/systems/element/system";
import { observe } from "../../element/observation";
import type { Observing, Reporter } from "../reporter";
import { clusterFacts } from "./cluster-facts";
import type { ClusterFacts } from "./facts";
import { clusterFindings } from "./findings";
import { clusterSection } from "./html/section";
import { keyUsersOn } from "./key-users";
import { clusterLines } from "./summary";

/** Reports on NetApp Element clusters. */
export const clusterReporter: Reporter<ClusterFacts> = {
  system: element,
  defaultConnection: DEFAULT_CLUSTER,
  names: (connections) => connections.to(element).names(),
  connect: (connection, name) => connection(element, name),
  observe: async (cluster: Cluster, { now, notice }: Observing) => clusterFacts(await observe(cluster), now, notice),
  keyUsers: keyUsersOn,
  withKeyUsers: (facts) => facts,
  findings: clusterFindings,
  endsSoon: ({ certificates }) => certificates.some(({ status }) => status === "endsSoon"),
  title: ({ connection, facts }) => facts?.name ?? connection,
  summary: clusterLines,
  section: clusterSection,
};
