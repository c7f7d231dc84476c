import type { RekeyState } from "../../../provider/systems/element/api/types";
import { KeyManager, Scenario } from "./lab";

/** Clears a terminal, sets its title, colours, turns text around, begins a line that a CI runner takes for a command. */
const HOSTILE = "\u001b[2J\u001b]0;title\u0007\u009b31m\u202e\r\n::warning::forged";
/** All that a terminal or a runner would act on; a line end alone is the engine's own. */
const ACTED_ON = /(?!\r?\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]|^\s*::/mu;

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
  scenario = await Scenario.start({ keyManager, program: 'exports.server = require("./road.js").server.name;' });
});
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

it("shows what a cluster calls things, and says of failures, without control sequences", async () => {
  const { workspace, cluster } = scenario;
  const { run, preview, up, refresh } = shownBy(scenario);
  await workspace.up();
  await cluster.mutate(({ keyServers }) => {
    for (const server of keyServers) {
      server.kmipKeyServerName = HOSTILE;
      server.kmipCaCertificate = `${HOSTILE.replace(/\s+/, " ")}\n${server.kmipCaCertificate}`;
    }
  });

  // Names in a difference, in state and in a stack's outputs.
  await preview({ args: ["--refresh", "--diff"] });
  await refresh({ args: ["--run-program"] });
  await run(["stack", "output", "server"]);
  // In the reason of a failed check.
  await cluster.mutate(({ keyProviders }) => {
    for (const provider of keyProviders) provider.keyProviderName = HOSTILE;
  });
  await preview({ args: ["--refresh"], expectFailure: true });
  await cluster.mutate(({ keyProviders }) => {
    for (const provider of keyProviders) provider.keyProviderName = "provider";
  });
  // In a list of candidates.
  const fresh = { names: { server: "fresh", attachment: "fresh" }, args: { server: { adopt: "99" } } };
  scenario.declare(fresh);
  await up({ expectFailure: true });
  // In a refusal of the cluster.
  scenario.declare({});
  cluster.faults.add({ method: "*", action: { error: { name: `x${HOSTILE}`, message: HOSTILE } } });
  await refresh({ expectFailure: true });
  cluster.faults.clear();
  // In a progress line.
  const state = HOSTILE as RekeyState;
  cluster.switches.rekeyStates = [state, state, state, state];
  cluster.switches.rekeySeconds = 1.2;
  scenario.declare({ args: { key: { rotationTriggers: { quarter: "2" } } } });
  await up({});
}, 120_000);

/** The commands of a scenario's workspace, each of which must print the forged text and nothing that is acted on. */
function shownBy({ workspace }: Scenario) {
  type Options = Parameters<typeof workspace.up>[0];
  const harmless = (shown: string[]) => {
    expect(shown.join("\n")).toContain("::warning::forged");
    for (const text of shown) expect(ACTED_ON.exec(text)).toBeNull();
  };
  const engine = (command: "preview" | "up" | "refresh") => async (options: Options) => {
    const { stdout, stderr, events } = await workspace[command](options);
    harmless([stdout, stderr, ...textsIn(events)]);
  };
  return {
    preview: engine("preview"),
    up: engine("up"),
    refresh: engine("refresh"),
    run: async (args: string[]) => {
      const { stdout, stderr } = await workspace.run(args);
      harmless([stdout, stderr]);
    },
  };
}

/** Every text in a value, at any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
