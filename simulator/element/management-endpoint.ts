import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import { text } from "node:stream/consumers";
import { deliver } from "../chassis/delivery";
import type { FaultRules } from "../chassis/fault-rules";
import type { RequestLog } from "../chassis/requests";
import type { Cluster } from "./cluster/cluster";
import { compareVersions, supportedVersions } from "./cluster/versions";
import { type Answer, answerCall, readCall } from "./dispatch";

const noCredentials = html("401 Unauthorized.");
const notFound = html("404 Not Found");

/** Told of a method that has had its effect; the answer waits for it. */
export type BeforeAnswer = (method: string) => void | Promise<void>;

/** The cluster's HTTPS endpoint: authentication, versions in the path, one call a request. */
export function createManagementEndpoint(
  cluster: Cluster,
  rules: FaultRules,
  log: RequestLog,
  beforeAnswer?: BeforeAnswer,
): Server {
  const { tlsCertificate, tlsPrivateKey } = cluster.secrets;
  const options = {
    cert: tlsCertificate,
    key: tlsPrivateKey,
    minVersion: "TLSv1.2",
    keepAliveTimeout: 60_000,
  } as const;
  return createServer(options, (request, response) => {
    handle(cluster, rules, log, beforeAnswer, request, response).catch((error: Error) => response.destroy(error));
  });
}

async function handle(
  cluster: Cluster,
  rules: FaultRules,
  log: RequestLog,
  beforeAnswer: BeforeAnswer | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const time = cluster.now().toISOString();
  const began = performance.now();
  const body = await text(request);
  const version = requestedVersion(cluster, request.url ?? "");
  const call = readCall(body, version ?? cluster.switches.apiVersion);
  const answer = await answerRequest();
  const milliseconds = performance.now() - began;
  log.add({ time, method: call?.method ?? "", params: call?.params ?? {}, milliseconds, outcome: answer.outcome });
  if (call) await beforeAnswer?.(call.method);
  await send(response, answer);

  async function answerRequest(): Promise<Answer> {
    if (!isAuthenticated(cluster, request)) return httpAnswer(401, noCredentials);
    if (version === undefined) return httpAnswer(404, notFound);
    if (request.method !== "POST") return httpAnswer(405, html("405 Method Not Allowed"));
    if (!call) return httpAnswer(400, html("400 Bad Request"));
    return answerCall(cluster, rules, version, call);
  }
}

async function send(response: ServerResponse, answer: Answer): Promise<void> {
  switch (answer.kind) {
    case "silence":
      return;
    case "drop":
      response.socket?.destroy();
      return;
    case "http":
      response.writeHead(answer.status, { "Content-Type": "text/html" }).end(answer.body);
      return;
    case "null":
      response.writeHead(200, { "Content-Type": "application/json" }).end("null");
      return;
    case "rpc": {
      const body = JSON.stringify(answer.response);
      response.setHeader("Content-Type", "application/json");
      if (answer.delivery !== undefined) return deliver(response, body, answer.delivery);
      response.end(body);
    }
  }
}

/** The version in `/json-rpc/<version>`, with or without a slash at the end, if the cluster serves it. */
function requestedVersion(cluster: Cluster, url: string): string | undefined {
  const [, version] = /^\/json-rpc\/(\d+\.\d+)\/?$/.exec(url) ?? [];
  const served = supportedVersions(cluster.switches.apiVersion);
  return version !== undefined && served.some((other) => compareVersions(other, version) === 0) ? version : undefined;
}

function isAuthenticated(cluster: Cluster, request: IncomingMessage): boolean {
  const { username, password } = cluster.secrets;
  const expected = Buffer.from(`Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`);
  const given = Buffer.from(request.headers.authorization ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function httpAnswer(status: number, body: string): Answer {
  return { kind: "http", status, body, outcome: `http-${status}` };
}

function html(text: string): string {
  return `<!DOCTYPE html><html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>`;
}
