import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Cluster } from "../element/cluster/cluster";
import { ApiError } from "../element/cluster/errors";
import type { ClusterState } from "../element/cluster/state";
import type { Switches } from "../element/cluster/switches";
import { isObject } from "../element/methods/parameters";
import { isScenario, scenarios } from "../element/scenarios";
import { checkSwitches } from "../element/switch-values";
import { faultActions, isFaultAction } from "./fault-actions";
import type { FaultRule, FaultRules } from "./fault-rules";
import type { RequestRecord } from "./requests";

export interface ControlEndpoint {
  endpoint: string;
  close(): Promise<void>;
}

/** What scripts may see and change of a running cluster. */
export interface Controllable {
  state(): ClusterState;
  unwrapDataKey(): Promise<boolean>;
  replaceCertificate(): Promise<void>;
  readonly fingerprint256: string;
  readonly requests: RequestRecord[];
  readonly handshakes: number;
  readonly switches: Switches;
  readonly faults: FaultRules;
}

type Route = (body: Record<string, unknown>) => unknown;

/**
 * Plain HTTP on loopback for scripts that hold no reference to the simulator:
 * `GET /state`, `GET /requests`, `GET /unwrap`, `GET` and `PUT /switches`, `GET`, `POST` and `DELETE /faults`,
 * `POST /certificate` for a new certificate of the management endpoint, and `POST /mutate` with `{action, ...}` for what
 * somebody else does to the cluster.
 */
export async function startControlEndpoint(
  simulator: Controllable,
  cluster: Cluster,
  port: number,
): Promise<ControlEndpoint> {
  const routes = controlRoutes(simulator, cluster);
  const server = createServer((request, response) => {
    answer(routes, request, response).catch((error: Error) => response.destroy(error));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function controlRoutes(simulator: Controllable, cluster: Cluster): Record<string, Route> {
  return {
    "GET /state": () => ({ ...simulator.state(), handshakes: simulator.handshakes }),
    "GET /requests": () => simulator.requests,
    "GET /unwrap": async () => ({ unwraps: await simulator.unwrapDataKey() }),
    "GET /switches": () => simulator.switches,
    "PUT /switches": (body) => Object.assign(simulator.switches, checkSwitches(body)),
    "GET /faults": () => simulator.faults.list(),
    "POST /faults": (body) => ({ id: simulator.faults.add(checkRule(body)) }),
    "DELETE /faults": () => {
      simulator.faults.clear();
      return [];
    },
    "POST /certificate": async () => {
      await simulator.replaceCertificate();
      return { fingerprint256: simulator.fingerprint256 };
    },
    "POST /mutate": async ({ action, ...params }) => {
      if (!isScenario(action)) throw new RangeError(`action is one of ${Object.keys(scenarios).join(", ")}`);
      await scenarios[action](cluster, params);
      return simulator.state();
    },
  };
}

async function answer(
  routes: Record<string, Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = routes[`${request.method} ${request.url}`];
  if (!route) return send(response, 404, { error: `there is ${Object.keys(routes).join(", ")}` });
  try {
    const body: unknown = JSON.parse((await text(request)) || "{}");
    if (!isObject(body)) throw new RangeError("the body is a JSON object");
    send(response, 200, await route(body));
  } catch (error) {
    const refused = error instanceof RangeError || error instanceof SyntaxError || error instanceof ApiError;
    if (!refused) throw error;
    send(response, 400, { error: error.message });
  }
}

function checkRule(body: Record<string, unknown>): FaultRule {
  if (typeof body.method !== "string") throw new RangeError("a rule has a method, or * for all");
  if (body.action !== undefined && !isFaultAction(body.action)) {
    throw new RangeError(`an action is ${faultActions}; without one a call is delayed`);
  }
  return body as unknown as FaultRule;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}
