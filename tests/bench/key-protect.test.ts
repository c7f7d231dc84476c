import { join } from "node:path";
import { projectRoot } from "../../tools/engine/paths";
import { Region } from "../engine/acceptance/lab";
import { issue, makeAuthority } from "../kit/certificates";
import { Page } from "../kit/page";
import { sum, table } from "./figures";
import { BenchStack, COMMANDS, type Command } from "./stack";

const PROGRAM = join(projectRoot, "tests/engine/acceptance/lab/key-protect.js");
/** One to IAM, and for the instance the reads of one moment, and a write beside them. */
const CONNECTIONS = 3;

let region: Region;
let stack: BenchStack;

beforeAll(async () => {
  [region, stack] = await Promise.all([Region.start({ propagationSeconds: 0, iam: {} }), BenchStack.create(1)]);
  const { cert: certificate } = issue(makeAuthority(), { commonName: "client", usage: "client" });
  stack.workspace.setProgram({ file: PROGRAM });
  stack.workspace.write("lab.json", { certificate });
  stack.workspace.write("road.json", {});
  await stack.workspace.keepProgramResident();
});
afterAll(async () => {
  stack.remove();
  await region.remove();
});

/** What reaches the region during one command: how often each of its methods is called, and TLS handshakes. */
async function trafficOf(command: Command): Promise<{ methods: Map<string, number>; handshakes: number }> {
  const { simulator, connection } = region;
  const before = { calls: simulator.calls().length, handshakes: simulator.handshakes };
  await stack.run(command, { EKM_KEY_PROTECT_INSTANCES: JSON.stringify({ default: connection }) });
  const methods = new Map<string, number>();
  for (const { method } of simulator.calls().slice(before.calls)) methods.set(method, (methods.get(method) ?? 0) + 1);
  return { methods, handshakes: simulator.handshakes - before.handshakes };
}

it("asks Key Protect for nothing without need, for one token a run, and for nothing twice in a refresh", async () => {
  const rows: string[][] = [];
  for (const command of COMMANDS) {
    const { methods, handshakes } = await trafficOf(command);
    const { createToken: tokens = 0, ...calls } = Object.fromEntries(methods);
    const isQuiet = command === "preview" || command === "up, no change";
    expect(tokens).toBe(isQuiet ? 0 : 1);
    if (isQuiet) expect(calls).toEqual({});
    if (command.endsWith("refresh")) expect(new Set(Object.values(calls))).toEqual(new Set([1]));
    expect(handshakes).toBeLessThanOrEqual(isQuiet ? 0 : CONNECTIONS);
    rows.push([
      command,
      ...[sum(Object.values(calls)), tokens, Math.max(0, ...Object.values(calls)), handshakes].map(String),
    ]);
  }
  const header = ["command", "calls", "tokens", "of the same kind", "TLS handshakes"];
  new Page("docs/performance.md").expectPrinted("Key Protect", table(header, rows));
}, 120_000);
