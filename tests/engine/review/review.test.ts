import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeAuthority } from "../../kit/certificates";
import { Page } from "../../kit/page";
import { daysLater, KeyManager, type Road, Scenario } from "../acceptance/lab";
import { type CommandOutput, diagnosticsOf, differencesOf, PolicyPack, sectionOf } from "../harness";

const page = new Page("docs/review.md");
const YEAR = 365 * 86_400_000;
/** When the certificates of a year have 25 days left. */
const THEN = daysLater(-340);
const DIFF = ["--diff"];
const quarter = (value: string) => ({ rotationTriggers: { quarter: value } });

/** The certificate is renewed late, so that its end is warned about before. */
const road = (args: Road["args"] = {}, more: Road = {}): Road => ({
  args: { certificate: { earlyRenewalDays: 7 }, key: quarter("2026-3"), ...args },
  ...more,
});

let keyManager: KeyManager;
let scenario: Scenario;
/** All that was printed. */
const printed: CommandOutput[] = [];

beforeAll(async () => {
  const [notBefore, notAfter] = [new Date(Date.now() - 2 * YEAR), new Date(Date.now() + 30 * YEAR)];
  keyManager = await KeyManager.start(makeAuthority({ commonName: "Key Management CA", notBefore, notAfter }));
  scenario = await Scenario.start({ keyManager, stack: "production" });
  scenario.declare(road());
});
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

const kept = <Output extends CommandOutput>(output: Output): Output => {
  printed.push(output);
  return output;
};
const preview = async (options: Parameters<Scenario["workspace"]["preview"]>[0]) =>
  kept(await scenario.workspace.preview(options));

describe("a reviewer reads", () => {
  it("where the master key will go, before anything is made", async () => {
    const output = await preview({ args: DIFF, env: THEN });
    page.expectPrinted("first", differencesOf(["server", "key"], output));
    // Why the page says how to keep both.
    expect(output.stdout).not.toContain("will rekey");
    expect(output.stderr).toContain("will rekey");
    kept(await scenario.workspace.up({ env: THEN }));
  }, 120_000);

  it("that a certificate nears its end, once, although the engine checks a replacement twice", async () => {
    const { urn = "" } = (await scenario.workspace.stateOf("server")) ?? {};
    const { steps, diagnostics } = await preview({ args: ["--target-replace", urn, "--target-dependents"] });
    expect(steps.map(({ op, name }) => `${op} ${name}`)).toContain("create-replacement server");
    const lines = diagnostics.filter((line) => line.urn === urn).map(({ message }) => message.trim());
    expect(lines.filter((line) => line.includes("ends in"))).toHaveLength(1);
  }, 120_000);

  it("what a rotation does, and what the policy pack says", async () => {
    scenario.declare(road({ key: quarter("2026-4") }));
    const pack = new PolicyPack(scenario.workspace);
    const output = await preview(pack.options());
    page.expectPrinted("rotation", diagnosticsOf(["key", "server"], output));
    const violations = sectionOf(output, "Policies", "Diagnostics");
    page.expectPrinted("policies", violations.replace(pack.folder, "node_modules/pulumi-ekm/policy"));
  }, 120_000);

  it("what a rotation does, with the values, from a file", async () => {
    const { workspace } = scenario;
    await workspace.shell(page.script("kept"));
    const plan = readFileSync(join(workspace.folder, "plan.txt"), "utf8");
    expect(plan).toContain('quarter: "2026-3" => "2026-4"');
    expect(plan).toContain("will rekey to a new key of key provider 1");
    scenario.declare(road());
  }, 120_000);

  it("what a renewal replaces", async () => {
    const output = await preview({ args: DIFF, env: daysLater(20) });
    page.expectPrinted("renewal", differencesOf(["certificate", "server"], output));
  }, 120_000);

  it("what is refused", async () => {
    scenario.declare(road({ pair: { regenerate: "2026-4" } }));
    const { stderr } = await preview({ args: DIFF, expectFailure: true });
    page.expectPrinted("refusal", stderr);
    scenario.declare(road());
  }, 120_000);

  it("what a destroy does with the master key", async () => {
    const output = kept(await scenario.workspace.run(["destroy", "--preview-only", "--diff"]));
    page.expectPrinted("destroy", differencesOf(["key"], output));
  }, 120_000);

  it("every night, what somebody changed by hand", async () => {
    const { workspace, cluster } = scenario;
    const nightly = async () => kept(await workspace.shell(page.script("nightly")));
    expect((await nightly()).exitCode).toBe(0);

    const hostnames = keyManager.settings.hostnames;
    await setHostnames(["127.0.0.9"]);
    const drifted = await nightly();
    expect(drifted.exitCode).toBe(7);
    page.expectPrinted("drift", differencesOf(["server"], drifted));
    await setHostnames(hostnames);

    cluster.faults.add({ method: "ListKeyServersKmip", action: { error: { name: "xNotReady", message: "starting" } } });
    expect((await nightly()).exitCode).toBe(1);
    cluster.faults.clear();
  }, 180_000);

  it("which certificates a new key pair makes useless", async () => {
    scenario.declare(road({}, { internal: true }));
    kept(await scenario.workspace.up());
    scenario.declare(road({ pair: { regenerate: "2026-4" } }, { internal: true }));
    const output = await preview({ args: DIFF });
    page.expectPrinted("key pair", differencesOf(["pair"], output));
  }, 120_000);
});

it("prints no secret, no PEM text, and nothing of its own", () => {
  expect(printed.length).toBeGreaterThan(10);
  const everything = printed.map(({ stdout, stderr }) => stdout + stderr).join("\n");
  expect(everything).not.toMatch(/[A-Za-z0-9+/]{65,}|BEGIN|PRIVATE KEY/);
  expect(everything).not.toContain(scenario.cluster.password);
  expect(everything).not.toContain("resourceUrn");
});

const setHostnames = (hostnames: string[]) =>
  scenario.cluster.mutate(({ keyServers }) => {
    for (const server of keyServers) server.kmipKeyServerHostnames = hostnames;
  });
