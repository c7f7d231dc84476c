import { trustAuthorityClusterNamed } from "../providers/lookup";
import { oneOf, readStructure } from "../rest/bodies";
import { messageOf } from "../rest/messages";
import type { Route } from "../rest/route";
import type { TrustAuthorityCluster } from "../vcenter/state";
import { serviceBelow, targetOf } from "./place";

const CLUSTERS = "/vcenter/trusted-infrastructure/trust-authority-clusters";

export const trustAuthorityClusterRoutes = {
  listTrustAuthorityClusters: {
    verb: "GET",
    path: CLUSTERS,
    service: serviceBelow(""),
    operation: "list",
    handle({ vcenter, query }) {
      const [clusters, states] = [query.getAll("cluster"), query.getAll("state")];
      const asked = vcenter.state.trustAuthorityClusters.filter(
        ({ cluster, state }) =>
          (clusters.length === 0 || clusters.includes(cluster)) && (states.length === 0 || states.includes(state)),
      );
      return { json: asked.map(summaryOf) };
    },
  },

  getTrustAuthorityCluster: {
    verb: "GET",
    path: `${CLUSTERS}/{cluster}`,
    service: serviceBelow(""),
    operation: "get",
    handle: ({ vcenter, slots: { cluster = "" } }) => ({
      json: summaryOf(trustAuthorityClusterNamed(vcenter, cluster)),
    }),
  },

  updateTrustAuthorityCluster: {
    verb: "PATCH",
    path: `${CLUSTERS}/{cluster}`,
    service: serviceBelow(""),
    operation: "update",
    target: targetOf,
    prepare({ vcenter, slots: { cluster = "" }, body }) {
      const found = trustAuthorityClusterNamed(vcenter, cluster);
      const { state = found.state } = readStructure<Pick<TrustAuthorityCluster, "state">>(body, {
        state: oneOf("ENABLE", "DISABLE"),
      });
      return async () => {
        found.state = state;
        await vcenter.save();
      };
    },
  },

  getKmsServiceStatus: {
    verb: "GET",
    path: `${CLUSTERS}/{cluster}/kms/service-status`,
    service: serviceBelow(".kms.service_status"),
    operation: "get",
    target: targetOf,
    prepare({ vcenter, slots: { cluster = "" } }) {
      const found = trustAuthorityClusterNamed(vcenter, cluster);
      return () => {
        if (found.state === "ENABLE") return { health: "OK", details: [] };
        const details = [messageOf("disabled", `The Trust Authority Cluster ${cluster} is disabled.`)];
        return { health: "ERROR", details };
      };
    },
  },
} satisfies Record<string, Route>;

const summaryOf = ({ cluster, state }: TrustAuthorityCluster) => ({ cluster, state });
