import { join } from "node:path";
import type { RequestRecord } from "../../simulator/chassis/requests";
import { projectRoot } from "../../tools/engine/paths";
import { KeyManager, lastingAuthority, VCenter } from "../engine/acceptance/lab";
import { Page } from "../kit/page";
import { table } from "./figures";
import { BenchStack, COMMANDS, type Command } from "./stack";

const PROGRAM = join(projectRoot, "tests/engine/acceptance/lab/key-providers.js");
/** One for each API. */
const CONNECTIONS = 2;
const SESSIONS = ["createSession", "Login"];
/** By which sessions begin and end. */
const UNCOUNTED = new Set([...SESSIONS, "deleteSession", "Logout", "RetrieveServiceContent"]);

/** How often a task is looked at is up to the vCenter. */
const isLookAtTask = ({ method, params }: RequestRecord): boolean =>
  method === "getTask" || (method === "RetrievePropertiesEx" && JSON.stringify(params).includes("info.state"));

const authority = lastingAuthority("Clients");
let keyManager: KeyManager;
let vcenter: VCenter;
let stack: BenchStack;

beforeAll(async () => {
  [keyManager, vcenter, stack] = await Promise.all([
    KeyManager.start(authority),
    VCenter.start({ healthLagSeconds: 0 }),
    BenchStack.create(1),
  ]);
  const { hostnames, port } = keyManager.settings;
  stack.workspace.setProgram({ file: PROGRAM });
  stack.workspace.write("lab.json", {
    authority,
    servers: [{ hostname: hostnames[0], port }],
    trustedServers: [keyManager.fingerprint256],
    trustAuthorityCluster: vcenter.simulator.trustAuthorityClusters[0],
  });
  stack.workspace.write("road.json", {});
  await stack.workspace.keepProgramResident();
});
afterAll(async () => {
  stack.remove();
  await vcenter.remove();
  await keyManager.remove();
});

/** What reaches the vCenter during one command. */
async function trafficOf(command: Command): Promise<{ requests: RequestRecord[]; handshakes: number }> {
  const { simulator, connection } = vcenter;
  const before = { calls: simulator.calls().length, handshakes: simulator.handshakes };
  await stack.run(command, { EKM_VCENTERS: JSON.stringify({ default: connection }) });
  return { requests: simulator.calls().slice(before.calls), handshakes: simulator.handshakes - before.handshakes };
}

it("asks a vCenter for nothing without need, for one session of each API a run, and for nothing twice in a refresh", async () => {
  const rows: string[][] = [];
  for (const command of COMMANDS) {
    const { requests, handshakes } = await trafficOf(command);
    const isQuiet = command === "preview" || command === "up, no change";
    if (isQuiet) expect(requests).toEqual([]);
    const sessions = requests.filter(({ method }) => SESSIONS.includes(method)).length;
    expect({ command, sessions }).toEqual({ command, sessions: isQuiet ? 0 : SESSIONS.length });
    expect(handshakes).toBeLessThanOrEqual(isQuiet ? 0 : CONNECTIONS);
    const calls = requests.filter((request) => !UNCOUNTED.has(request.method) && !isLookAtTask(request));
    const ofKinds = Object.values(Object.groupBy(calls, ({ method }) => method)).map((some = []) => some.length);
    const most = Math.max(0, ...ofKinds);
    if (command.endsWith("refresh")) expect(most).toBe(1);
    rows.push([command, ...[calls.length, sessions, most, handshakes].map(String)]);
  }
  const header = ["command", "calls", "sessions", "of the same kind", "TLS handshakes"];
  new Page("docs/performance.md").expectPrinted("vCenter", table(header, rows));
}, 120_000);
