import { Agent } from "undici";

export interface Connection {
  endpoint: string;
  username: string;
  password: string;
  /** What the cluster presents, PEM. */
  certificate: string;
}

interface Answer<Result> {
  result?: Result;
  error?: { name: string; message: string };
}

/**
 * Connections are kept, one for each cluster. What belongs to a program is captured by value, so a copy of this comes
 * with the text of each provider: there is one connection for each cluster and class of resources.
 */
const agents: Record<string, Agent> = {};

export async function call<Result>(connection: Connection, method: string, params: object = {}): Promise<Result> {
  const { endpoint, username, password, certificate } = connection;
  agents[endpoint] ??= new Agent({ connections: 1, connect: { ca: certificate } });
  const { statusCode, body } = await agents[endpoint].request({
    origin: endpoint,
    path: "/json-rpc/12.3",
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
    },
    body: JSON.stringify({ method, params }),
  });
  if (statusCode !== 200) {
    await body.dump();
    throw new Error(`${method}: HTTP status ${statusCode}`);
  }
  const { result, error } = (await body.json()) as Answer<Result>;
  if (result === undefined) {
    throw new Error(`${method}: ${error?.name}: ${error?.message}`);
  }
  return result;
}
