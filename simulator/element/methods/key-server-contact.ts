import { KmipAuthenticationError, KmipClient, KmipConnectionError, KmipOperationError } from "../../../kmip";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { Refusal } from "../cluster/refusals";
import type { StoredKeyServer } from "../cluster/state";

export type KeyServerAddress = Pick<
  StoredKeyServer,
  "kmipKeyServerHostnames" | "kmipKeyServerPort" | "kmipCaCertificate" | "kmipClientCertificate"
>;

/** Runs `work` on a mutually authenticated connection to the first of the servers' hosts that lets the cluster in. */
export async function withKeyServer<T>(
  cluster: Cluster,
  servers: KeyServerAddress[],
  work: (client: KmipClient) => Promise<T>,
): Promise<T> {
  const { client, address } = await connectToAny(cluster, servers);
  try {
    return await work(client);
  } catch (error) {
    throw contactFailure(error, address);
  } finally {
    await client.close();
  }
}

/** A server may let anyone connect and refuse strangers at their first request: agreeing on a version belongs to connecting. */
async function connectToAny(cluster: Cluster, servers: KeyServerAddress[]) {
  let failure = new ApiError("connectionFailure", "The key server has no host name");
  for (const server of servers) {
    for (const host of server.kmipKeyServerHostnames) {
      const address = `${host}:${server.kmipKeyServerPort}`;
      let client: KmipClient | undefined;
      try {
        client = await connect(cluster, server, host);
        await client.discoverVersions();
        return { client, address };
      } catch (error) {
        await client?.close();
        failure = contactFailure(error, address);
      }
    }
  }
  throw failure;
}

/** The check of the Test methods: the server can be reached, lets the cluster in, and speaks KMIP. */
export function verifyKeyServer(cluster: Cluster, server: KeyServerAddress): Promise<void> {
  return withKeyServer(cluster, [server], async (client) => {
    try {
      await client.query();
    } catch (error) {
      if (!(error instanceof KmipOperationError && error.isNotOffered)) throw error;
      await client.discoverVersions();
    }
  });
}

function connect(cluster: Cluster, server: KeyServerAddress, host: string): Promise<KmipClient> {
  const key = cluster.secrets.keyPairPrivateKey;
  if (!key) throw new ApiError("authenticationFailure", "The cluster has no key pair to authenticate with");
  return KmipClient.connect({
    host,
    port: server.kmipKeyServerPort,
    ca: server.kmipCaCertificate,
    cert: cluster.switches.presentsIssuers ? server.kmipClientCertificate : firstBlock(server.kmipClientCertificate),
    key,
    timeoutMs: cluster.switches.kmipTimeoutMs,
  });
}

const firstBlock = (pem: string): string =>
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem)?.[0] ?? pem;

/** Advice that Node adds for its own users. No cluster says it. */
const NODE_ADVICE = /; if the root CA is installed locally, try running Node\.js with --use-system-ca/;

/** The three conditions of the cluster's own kmipServerFault. */
function contactFailure(error: unknown, address: string): ApiError {
  if (error instanceof ApiError) return error;
  const refusal: Refusal =
    error instanceof KmipConnectionError
      ? "connectionFailure"
      : error instanceof KmipAuthenticationError
        ? "authenticationFailure"
        : "serverError";
  const condition = { connectionFailure: "Connection", authenticationFailure: "Authentication", serverError: "Server" };
  const detail = (error instanceof Error ? error.message : String(error)).replace(NODE_ADVICE, "");
  return new ApiError(
    refusal,
    `${condition[refusal as keyof typeof condition]} failure at key server ${address}: ${detail}`,
  );
}
