import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { preloading } from "../engine/harness";
import { callName } from "./call-name";
import type { Moment } from "./calls";
import { countOf, isReached, type StrikePoint } from "./strike-point";

/** Where a run is to be interrupted. */
export interface Trap {
  call: StrikePoint;
  moment: Moment;
  /** The call goes on when it resolves. */
  spring(providerPid: number): Promise<void>;
}

/** Sees each call to a system at its three moments, and interrupts one of them. */
export class Interception {
  sprung = false;
  private readonly arrivals: Readonly<Record<Moment, string[]>> = { before: [], acted: [], after: [] };
  private providerPid = 0;

  private constructor(
    private readonly server: Server,
    private readonly trap: Trap | undefined,
    private readonly onSent: (method: string, ordinal: number) => void,
  ) {}

  static async start(trap: Trap | undefined, onSent: (method: string, ordinal: number) => void): Promise<Interception> {
    const server = createServer((request, response) => {
      const query = new URL(request.url ?? "", "http://localhost").searchParams;
      interception
        .arrived(query.get("moment") as Moment, callName(query.get("call") ?? ""), Number(query.get("pid")))
        .finally(() => response.end());
    });
    const interception = new Interception(server, trap, onSent);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return interception;
  }

  /** Methods in the order in which they were sent. */
  get sent(): readonly string[] {
    return this.arrivals.before;
  }

  /** Makes the provider process of a run announce its calls. */
  environment(): NodeJS.ProcessEnv {
    return {
      ...preloading("tests/chaos/provider-hook.js"),
      EKM_CHAOS_CONTROL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      EKM_CHAOS_UNDICI: require.resolve("undici"),
    };
  }

  async arrived(moment: Moment, method: string, providerPid = this.providerPid): Promise<void> {
    this.providerPid = providerPid;
    const calls = this.arrivals[moment];
    const name = nameAfter(calls.at(-1), method);
    calls.push(name);
    if (moment === "before") this.onSent(name, countOf(calls, name));
    const { trap } = this;
    if (trap === undefined || trap.moment !== moment || this.sprung || !isReached(trap.call, calls)) return;
    this.sprung = true;
    await trap.spring(providerPid);
  }

  /** Lets every call go that still waits. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Every task is looked at by the same call, however often: only what the first look is at is certain. */
const nameAfter = (former: string | undefined, method: string): string =>
  method === "getTask" && former !== undefined && !former.startsWith(method) ? `${method} of ${former}` : method;
