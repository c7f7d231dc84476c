import { randomUUID } from "node:crypto";
import { text } from "../../chassis/kinds";
import { awaitNextCheck, healthOf, newHealth } from "../providers/health";
import { kmsClusterNamed, trustAuthorityClusterNamed, trustedProviderNamed } from "../providers/lookup";
import type { Route } from "../rest/route";
import { invalidArgument, VCenterError } from "../vcenter/errors";
import type { VCenter } from "../vcenter/machine";
import type { ServerSettings, TrustAuthorityCluster, TrustedProvider } from "../vcenter/state";
import { isUsed } from "../workload/usage";
import { healthNamed, infoOf } from "./info";
import { PROVIDERS, placeOf, serviceBelow, targetOf } from "./place";
import { readCreateSpec, readUpdateSpec } from "./specs";

const service = serviceBelow(".kms.providers");

export const trustedProviderRoutes = {
  listKmsProviders: {
    verb: "GET",
    path: PROVIDERS,
    ...{ service, operation: "list", target: targetOf },
    prepare({ vcenter, slots: { cluster = "" } }) {
      const { providers } = trustAuthorityClusterNamed(vcenter, cluster);
      return () =>
        Promise.all(
          providers.map(async (provider) => ({
            provider: provider.name,
            health: healthNamed(vcenter, (await healthOf(vcenter, provider)).servers),
          })),
        );
    },
  },

  createKmsProvider: {
    verb: "POST",
    path: PROVIDERS,
    ...{ service, operation: "create", target: targetOf },
    prepare({ vcenter, slots: { cluster = "" }, body }) {
      const found = trustAuthorityClusterNamed(vcenter, cluster);
      const { provider, master_key_id, key_server, servers } = readCreateSpec(body);
      assertServers(vcenter, servers);
      assertNameIsFree(vcenter, provider);
      return async () => {
        const { description = "", kmip_server } = key_server;
        found.providers.push({
          uuid: randomUUID(),
          name: provider,
          primaryKeyID: master_key_id,
          ...{ description, servers },
          common: settingsOf(key_server, kmip_server?.username),
          trustedCertificates: [],
          health: newHealth(vcenter),
        });
        await vcenter.save();
      };
    },
  },

  getKmsProvider: {
    verb: "GET",
    path: `${PROVIDERS}/{provider}`,
    ...{ service, operation: "get", target: targetOf },
    prepare(request) {
      const { provider } = placeOf(request);
      const { vcenter } = request;
      return async () => infoOf(vcenter, provider, (await healthOf(vcenter, provider)).servers);
    },
  },

  updateKmsProvider: {
    verb: "PATCH",
    path: `${PROVIDERS}/{provider}`,
    ...{ service, operation: "update", target: targetOf },
    prepare(request) {
      const { vcenter, body } = request;
      const { provider } = placeOf(request);
      const { master_key_id, key_server = {}, servers } = readUpdateSpec(body);
      if (servers) assertServers(vcenter, servers);
      return async () => {
        const { kmip_server, description } = key_server;
        provider.primaryKeyID = master_key_id ?? provider.primaryKeyID;
        provider.description = changed(vcenter, provider.description, description) ?? "";
        provider.servers = servers ?? provider.servers;
        const userName = changed(vcenter, provider.common.userName, kmip_server?.username);
        provider.common = { ...provider.common, ...settingsOf(key_server, userName) };
        if (userName === undefined) delete provider.common.userName;
        awaitNextCheck(vcenter, provider);
        await vcenter.save();
      };
    },
  },

  deleteKmsProvider: {
    verb: "DELETE",
    path: `${PROVIDERS}/{provider}`,
    ...{ service, operation: "delete", target: targetOf },
    prepare(request) {
      const { vcenter } = request;
      const { cluster, provider } = placeOf(request);
      if (vcenter.switches.protectsUsedTrustedProvider && isUsed(vcenter, provider.name)) {
        throw new VCenterError("resourceInUse", `The key provider ${provider.name} is in use.`);
      }
      return async () => {
        deleteTrusted(vcenter, cluster, provider);
        await vcenter.save();
      };
    },
  },

  setKmsCredential: {
    verb: "PUT",
    path: `${PROVIDERS}/{provider}/credential`,
    ...{ service: serviceBelow(".kms.providers.credential"), operation: "set", target: targetOf },
    prepare(request) {
      const { vcenter } = request;
      const { provider } = placeOf(request);
      const password = text.accept(request.body);
      if (password === undefined) throw invalidArgument("credential", "The credential must be a JSON string.");
      return async () => {
        vcenter.secretsOf(provider).passwords = { "": password };
        awaitNextCheck(vcenter, provider);
        await vcenter.save();
      };
    },
  },
} satisfies Record<string, Route>;

export function deleteTrusted(vcenter: VCenter, cluster: TrustAuthorityCluster, provider: TrustedProvider): void {
  cluster.providers = cluster.providers.filter((other) => other !== provider);
  delete vcenter.secrets.providers[provider.uuid];
}

function assertServers({ switches }: VCenter, servers: unknown[]): void {
  if (servers.length > 0 || switches.emptyServerList) return;
  throw invalidArgument("key_server.kmip_server.servers", "A key provider needs at least one key server.");
}

/** A name is one provider's, of whatever kind; a workload names the trusted one that it uses. */
function assertNameIsFree(vcenter: VCenter, name: string): void {
  const standard = kmsClusterNamed(vcenter, name);
  const isTaken = standard !== undefined && standard.managementType !== "trustAuthority";
  if (!isTaken && trustedProviderNamed(vcenter, name) === undefined) return;
  throw new VCenterError("alreadyExists", `The key provider ${name} already exists.`);
}

interface Settings {
  proxy_server?: { hostname: string; port?: number };
  connection_timeout?: number;
}

const settingsOf = ({ proxy_server, connection_timeout }: Settings, userName?: string): ServerSettings => ({
  ...(userName === undefined ? {} : { userName }),
  ...(proxy_server === undefined ? {} : { proxy: { host: proxy_server.hostname, port: proxy_server.port } }),
  ...(connection_timeout === undefined ? {} : { timeoutSeconds: connection_timeout }),
});

/** A text after an update that may leave it as it is, or clear it. */
function changed({ switches }: VCenter, before: string | undefined, given: string | undefined): string | undefined {
  if (given === undefined) return before;
  if (given !== "") return given;
  return switches.emptyTextClears ? undefined : before;
}
