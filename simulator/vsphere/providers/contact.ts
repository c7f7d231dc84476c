import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { KmipAuthenticationError, KmipClient, KmipOperationError } from "../../../kmip";
import { VCenterError } from "../vcenter/errors";
import type { VCenter } from "../vcenter/machine";
import type { KeyProvider, KeyServer, ObservedServer, ServerSettings } from "../vcenter/state";
import { isSameCertificate } from "./pem";
import { openTunnel } from "./tunnel";

/** What vCenter shows key servers of a provider. */
interface ClientIdentity {
  cert: string;
  key: string;
}

/** Looks at a server: the certificate that it presents, and whether both sides trust each other. Nothing is thrown. */
export async function observeServer(
  vcenter: VCenter,
  provider: KeyProvider,
  server: KeyServer,
): Promise<ObservedServer> {
  const seen: ObservedServer = {
    name: server.name,
    clientTrustServer: false,
    serverTrustClient: false,
    complaints: [],
  };
  try {
    const presented = await presentedCertificate(vcenter, server, provider.common);
    seen.certificate = presented.toString();
    seen.clientTrustServer = isTrusted(vcenter, provider, presented);
    if (!seen.clientTrustServer) {
      seen.complaints.push(`The certificate of key server ${server.name} is not trusted.`);
      return seen;
    }
    await withKeyServer(vcenter, provider, server, presented, async () => undefined);
    seen.serverTrustClient = true;
  } catch (error) {
    seen.complaints.push(complaintOf(error, server));
  }
  return seen;
}

/** The certificate that a server presents to anybody. */
export async function presentedCertificate(
  vcenter: VCenter,
  server: KeyServer,
  common: ServerSettings = {},
): Promise<X509Certificate> {
  const { host, port } = server;
  const { timeoutMs, socket } = await wayTo(vcenter, server, common);
  return new Promise((resolve, reject) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const connection: TLSSocket = connect({ host, port, socket, ...name, rejectUnauthorized: false }, () => {
      const certificate = connection.getPeerX509Certificate();
      connection.destroy();
      if (certificate) resolve(certificate);
      else reject(new Error("the server presents no certificate"));
    });
    connection.setTimeout(timeoutMs, () => connection.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    connection.once("error", reject);
  });
}

export function isTrusted(
  { switches }: VCenter,
  { trustedCertificates }: KeyProvider,
  presented: X509Certificate,
): boolean {
  if (trustedCertificates.some((pem) => isSameCertificate(pem, presented))) return true;
  const hasSigned = (authority: X509Certificate) =>
    presented.checkIssued(authority) && presented.verify(authority.publicKey);
  return switches.trustsIssued && trustedCertificates.some((pem) => hasSigned(new X509Certificate(pem)));
}

/**
 * Works as a client at the first server of a provider where trust goes both ways.
 *
 * @throws VCenterError when there is none, or the server refuses
 */
export async function atProvider<T>(
  vcenter: VCenter,
  provider: KeyProvider,
  work: (client: KmipClient) => Promise<T>,
): Promise<T> {
  let failure = `The key provider ${provider.name} has no key server.`;
  for (const server of provider.servers) {
    let isLetIn = false;
    try {
      const presented = await presentedCertificate(vcenter, server, provider.common);
      if (!isTrusted(vcenter, provider, presented)) throw new Error("its certificate is not trusted");
      return await withKeyServer(vcenter, provider, server, presented, (client) => {
        isLetIn = true;
        return work(client);
      });
    } catch (error) {
      failure = complaintOf(error, server);
      // What a server that lets vCenter in refuses is not asked of another one.
      if (isLetIn) break;
    }
  }
  throw new VCenterError("error", failure);
}

/** A server may let anyone connect and refuse strangers at their first request: a version is agreed on before `work`. */
async function withKeyServer<T>(
  vcenter: VCenter,
  provider: KeyProvider,
  server: KeyServer,
  presented: X509Certificate,
  work: (client: KmipClient) => Promise<T>,
): Promise<T> {
  const { host, port } = server;
  const identity = identityOf(vcenter, provider);
  const { timeoutMs, socket } = await wayTo(vcenter, server, provider.common);
  const pinned = [presented.fingerprint256];
  const client = await KmipClient.connect({ host, port, socket, pinned, timeoutMs, ...identity });
  try {
    await client.discoverVersions();
    return await work(client);
  } finally {
    await client.close();
  }
}

function identityOf(vcenter: VCenter, provider: KeyProvider): ClientIdentity {
  const [cert, key] = [provider.clientCertificate?.pem, vcenter.secretsOf(provider).clientKey];
  if (cert === undefined || key === undefined) throw new Error("there is no client certificate to show it");
  return { cert, key };
}

/** How long a server may take, and the tunnel to it where there is a proxy. */
async function wayTo({ switches }: VCenter, server: KeyServer, common: ServerSettings) {
  const { host, port, proxy, timeoutSeconds = switches.keyServerTimeoutSeconds } = { ...common, ...server };
  const timeoutMs = timeoutSeconds * 1000;
  const socket = proxy && (await openTunnel({ port: PROXY_PORT, ...proxy }, { host, port }, timeoutMs));
  return { timeoutMs, socket };
}

/** Where a proxy listens whose address says nothing of it. */
const PROXY_PORT = 443;

function complaintOf(error: unknown, { name, host, port }: KeyServer): string {
  const reason = error instanceof Error ? error.message : String(error);
  return error instanceof KmipAuthenticationError && error.code === "clientCertificateRefused"
    ? `Key server ${name} (${host}:${port}) does not trust the client certificate: ${reason}`
    : error instanceof KmipOperationError
      ? `Key server ${name} (${host}:${port}) refuses: ${reason}`
      : `Cannot connect to key server ${name} (${host}:${port}): ${reason}`;
}
