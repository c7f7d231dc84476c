import { texts } from "../../chassis/kinds";
import { isTrusted, presentedCertificate } from "../providers/contact";
import { awaitNextCheck } from "../providers/health";
import { readCertificate } from "../providers/pem";
import { readStructure } from "../rest/bodies";
import { messageOf } from "../rest/messages";
import type { Route } from "../rest/route";
import type { VCenter } from "../vcenter/machine";
import type { KeyProvider, KeyServer } from "../vcenter/state";
import { PROVIDERS, placeOf, serviceBelow, targetOf } from "./place";

const trusted = {
  path: `${PROVIDERS}/{provider}/peer-certs/trusted`,
  service: serviceBelow(".kms.providers.trusted_peer_certificates"),
  target: targetOf,
};

interface PeerCertificate {
  server_name: string;
  certificate?: string;
  error_messages: object[];
  trusted: boolean;
}

export const peerCertificateRoutes = {
  listCurrentPeerCerts: {
    verb: "GET",
    path: `${PROVIDERS}/{provider}/peer-certs/current`,
    service: serviceBelow(".kms.providers.current_peer_certificates"),
    operation: "list",
    target: targetOf,
    prepare(request) {
      const { vcenter, query } = request;
      const { provider } = placeOf(request);
      const [names, wanted] = [query.getAll("server_names"), query.get("trusted")];
      return async () => {
        const servers = provider.servers.filter(({ name }) => names.length === 0 || names.includes(name));
        const seen = await Promise.all(servers.map((server) => currentOf(vcenter, provider, server)));
        return seen.filter((each) => wanted === null || `${each.trusted}` === wanted);
      };
    },
  },

  getTrustedPeerCerts: {
    ...{ verb: "GET", ...trusted, operation: "get" },
    prepare(request) {
      const { provider } = placeOf(request);
      return () => ({ certificates: provider.trustedCertificates });
    },
  },

  updateTrustedPeerCerts: {
    ...{ verb: "PATCH", ...trusted, operation: "update" },
    prepare(request) {
      const { vcenter, body } = request;
      const { provider } = placeOf(request);
      const { certificates } = readStructure<{ certificates: string[] }>(body, { certificates: texts });
      for (const pem of certificates ?? []) readCertificate("certificates", pem);
      return async () => {
        if (certificates === undefined) return;
        provider.trustedCertificates = certificates;
        awaitNextCheck(vcenter, provider);
        await vcenter.save();
      };
    },
  },
} satisfies Record<string, Route>;

async function currentOf(vcenter: VCenter, provider: KeyProvider, server: KeyServer): Promise<PeerCertificate> {
  try {
    const presented = await presentedCertificate(vcenter, server, provider.common);
    return {
      server_name: server.name,
      certificate: presented.toString(),
      error_messages: [],
      trusted: isTrusted(vcenter, provider, presented),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = messageOf("unreachable", `The certificate of ${server.name} cannot be retrieved: ${reason}`);
    return { server_name: server.name, error_messages: [message], trusted: false };
  }
}
