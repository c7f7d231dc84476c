import { randomUUID } from "node:crypto";
import { text, texts } from "../../chassis/kinds";
import { readCertificate } from "../providers/pem";
import { listOf, type NetworkAddress, networkAddress, oneOf, readStructure, structure } from "../rest/bodies";
import type { RestRequest, Route } from "../rest/route";
import { invalidArgument, VCenterError } from "../vcenter/errors";
import type { VCenter } from "../vcenter/machine";
import type { KmsService, TrustedCluster } from "../vcenter/state";

const SERVICES = "/vcenter/trusted-infrastructure/kms/services";
const OF_CLUSTER = "/vcenter/trusted-infrastructure/trusted-clusters/{cluster}/kms/services";
const service = "com.vmware.vcenter.trusted_infrastructure.kms.services";
const ofCluster = "com.vmware.vcenter.trusted_infrastructure.trusted_clusters.kms.services";

/** Where the key provider service of a host listens. */
const SERVICE_PORT = 443;

type Address = Partial<NetworkAddress> & { hostname: string };

interface CreateSpec {
  address: Address;
  trusted_CA: { cert_chain: string[] };
  group: string;
  trust_authority_cluster: string;
}

interface ListSpec {
  services: string[];
  address: Address[];
  group: string[];
  trust_authority_cluster: string[];
}

/** The workload's side of Trust Authority: which key services there are, and which clusters use them. */
export const keyServiceRoutes = {
  listKmsServices: {
    ...{ verb: "POST", path: SERVICES, action: "query", service, operation: "list" },
    handle: ({ vcenter, body }) => ({ json: matching(vcenter.state.kmsServices, body) }),
  },

  createKmsService: {
    ...{ verb: "POST", path: SERVICES, service, operation: "create" },
    async handle({ vcenter, body }) {
      const required = ["address", "trusted_CA", "group", "trust_authority_cluster"] as const;
      const spec = readStructure<CreateSpec, (typeof required)[number]>(
        body,
        {
          address: networkAddress,
          trusted_CA: structure<CreateSpec["trusted_CA"], "cert_chain">({ cert_chain: texts }, ["cert_chain"]),
          group: text,
          trust_authority_cluster: text,
        },
        required,
      );
      const certificates = spec.trusted_CA.cert_chain;
      for (const pem of certificates) readCertificate("trusted_CA", pem);
      const { group, trust_authority_cluster: trustAuthorityCluster } = spec;
      const { hostname, port = SERVICE_PORT } = spec.address;
      const added = { service: randomUUID(), address: { hostname, port }, group, trustAuthorityCluster, certificates };
      vcenter.state.kmsServices.push(added);
      await vcenter.save();
      return { status: 201, json: added.service };
    },
  },

  getKmsService: {
    ...{ verb: "GET", path: `${SERVICES}/{service}`, service, operation: "get" },
    handle: ({ vcenter, slots }) => ({ json: infoOf(serviceNamed(vcenter, slots.service)) }),
  },

  deleteKmsService: {
    ...{ verb: "DELETE", path: `${SERVICES}/{service}`, service, operation: "delete" },
    async handle({ vcenter, slots }) {
      const { service: id } = serviceNamed(vcenter, slots.service);
      if (vcenter.state.trustedClusters.some(({ services }) => services.includes(id))) {
        throw new VCenterError("resourceInUse", `The key service ${id} is used by a trusted cluster.`);
      }
      vcenter.state.kmsServices = vcenter.state.kmsServices.filter((each) => each.service !== id);
      await vcenter.save();
      return {};
    },
  },

  listTrustedClusterKmsServices: {
    ...{ verb: "POST", path: OF_CLUSTER, action: "query", service: ofCluster, operation: "list" },
    handle: (request) => ({ json: matching(servicesOf(request), request.body) }),
  },

  createTrustedClusterKmsService: {
    ...{ verb: "POST", path: OF_CLUSTER, service: ofCluster, operation: "create" },
    prepare(request) {
      const { vcenter } = request;
      const cluster = clusterOf(request);
      const spec = readStructure<UseSpec, "type">(
        request.body,
        { type: oneOf("SERVICE", "CLUSTER"), service: text, trust_authority_cluster: text },
        ["type"],
      );
      const used = meant(vcenter, spec);
      return async () => {
        cluster.services = [...new Set([...cluster.services, ...used])];
        await vcenter.save();
      };
    },
  },

  getTrustedClusterKmsService: {
    ...{ verb: "GET", path: `${OF_CLUSTER}/{service}`, service: ofCluster, operation: "get" },
    handle: (request) => ({ json: infoOf(serviceOf(request)) }),
  },

  deleteTrustedClusterKmsService: {
    ...{ verb: "DELETE", path: `${OF_CLUSTER}/{service}`, service: ofCluster, operation: "delete" },
    prepare(request) {
      const cluster = clusterOf(request);
      const { service: id } = serviceOf(request);
      return async () => {
        cluster.services = cluster.services.filter((each) => each !== id);
        await request.vcenter.save();
      };
    },
  },
} satisfies Record<string, Route>;

interface UseSpec {
  type: "SERVICE" | "CLUSTER";
  service: string;
  trust_authority_cluster: string;
}

/** The services that are to be used: one of them, or all of a Trust Authority cluster. */
function meant(vcenter: VCenter, spec: Partial<UseSpec>): string[] {
  const { type, service: id, trust_authority_cluster: cluster } = spec;
  if (type === "SERVICE") return [serviceNamed(vcenter, id).service];
  if (cluster === undefined) throw invalidArgument("trust_authority_cluster", "trust_authority_cluster is required.");
  const all = vcenter.state.kmsServices.filter((each) => each.trustAuthorityCluster === cluster);
  if (all.length === 0) throw new VCenterError("notFound", `There is no key service of the cluster ${cluster}.`);
  return all.map((each) => each.service);
}

function serviceNamed({ state }: VCenter, id: string | undefined): KmsService {
  const found = state.kmsServices.find((each) => each.service === id);
  if (found) return found;
  throw new VCenterError("notFound", `The key service ${id} does not exist.`);
}

function clusterOf({ vcenter, slots }: RestRequest): TrustedCluster {
  const found = vcenter.state.trustedClusters.find(({ cluster }) => cluster === slots.cluster);
  if (found) return found;
  throw new VCenterError("notFound", `The trusted cluster ${slots.cluster} does not exist.`);
}

function servicesOf(request: RestRequest): KmsService[] {
  const { services } = clusterOf(request);
  return request.vcenter.state.kmsServices.filter((each) => services.includes(each.service));
}

function serviceOf(request: RestRequest): KmsService {
  const found = servicesOf(request).find((each) => each.service === request.slots.service);
  if (found) return found;
  throw new VCenterError("notFound", `The trusted cluster does not use the key service ${request.slots.service}.`);
}

function matching(all: KmsService[], body: unknown): object[] {
  const { services, address, group, trust_authority_cluster } = readStructure<ListSpec>(body ?? {}, {
    services: texts,
    address: listOf(networkAddress),
    group: texts,
    trust_authority_cluster: texts,
  });
  const isAsked = (each: KmsService) =>
    (services === undefined || services.includes(each.service)) &&
    (address === undefined || address.some(({ hostname }) => hostname === each.address.hostname)) &&
    (group === undefined || group.includes(each.group)) &&
    (trust_authority_cluster === undefined || trust_authority_cluster.includes(each.trustAuthorityCluster));
  return all.filter(isAsked).map((each) => ({ service: each.service, ...summaryOf(each) }));
}

const summaryOf = ({ address, group, trustAuthorityCluster }: KmsService) => ({
  address,
  group,
  trust_authority_cluster: trustAuthorityCluster,
});

const infoOf = (each: KmsService) => ({ ...summaryOf(each), trusted_CA: { cert_chain: each.certificates } });
