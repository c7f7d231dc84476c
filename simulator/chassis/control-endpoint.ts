import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { faultActions, isFaultAction } from "./fault-actions";
import type { FaultRule, FaultRules } from "./fault-rules";
import { isObject } from "./json-object";
import type { RequestRecord } from "./requests";
import { checkSwitches } from "./switch-values";
import { RefusalError, type Routes, type System } from "./system";

export interface ControlEndpoint {
  endpoint: string;
  close(): Promise<void>;
}

/** The parts of a running simulator that scripts may see and change. */
export interface Controllable<Switches> {
  state(): object;
  replaceCertificate(): Promise<void>;
  readonly fingerprint256: string;
  readonly requests: RequestRecord[];
  readonly handshakes: number;
  readonly switches: Switches;
  readonly faults: FaultRules;
}

/**
 * Plain HTTP on loopback for scripts that hold no reference to the simulator:
 * `GET /state`, `GET /requests`, `GET` and `PUT /switches`, `GET`, `POST` and `DELETE /faults`, `POST /certificate` for a
 * new certificate of the endpoint, `POST /mutate` with `{action, ...}` for a scenario, and the routes of the system.
 */
export async function startControlEndpoint<Switches extends object>(
  simulator: Controllable<Switches>,
  system: System<Switches>,
  port: number,
): Promise<ControlEndpoint> {
  const routes = { ...sharedRoutes(simulator, system), ...system.routes };
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

function sharedRoutes<Switches extends object>(
  simulator: Controllable<Switches>,
  { scenarios, switchValues }: System<Switches>,
): Routes {
  return {
    "GET /state": () => ({ ...simulator.state(), handshakes: simulator.handshakes }),
    "GET /requests": () => simulator.requests,
    "GET /switches": () => simulator.switches,
    "PUT /switches": (body) => Object.assign(simulator.switches, checkSwitches(switchValues, body)),
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
      const names = Object.keys(scenarios);
      const scenario = names.find((name) => name === action);
      if (scenario === undefined) throw new RangeError(`action is one of ${names.join(", ")}`);
      await scenarios[scenario]?.(params);
      return simulator.state();
    },
  };
}

async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = routes[`${request.method} ${request.url}`];
  if (!route) return send(response, 404, { error: `there is ${Object.keys(routes).join(", ")}` });
  try {
    const body: unknown = JSON.parse((await text(request)) || "{}");
    if (!isObject(body)) throw new RangeError("the body is a JSON object");
    send(response, 200, await route(body));
  } catch (error) {
    const refused = error instanceof RangeError || error instanceof SyntaxError || error instanceof RefusalError;
    if (!refused) throw error;
    send(response, 400, { error: error.message });
  }
}

function checkRule(body: Record<string, unknown>): FaultRule {
  if (typeof body.method !== "string") throw new RangeError("a rule has a method, or * for all");
  if (body.where !== undefined && !isObject(body.where)) throw new RangeError("where is an object of parameters");
  if (body.action !== undefined && !isFaultAction(body.action)) {
    throw new RangeError(`an action is ${faultActions}; without one a call is delayed`);
  }
  return body as unknown as FaultRule;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}
