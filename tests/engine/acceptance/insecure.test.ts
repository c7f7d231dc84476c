import { connectionTo, KeyManager, Scenario } from "./lab";

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
  const program = 'new (require("pulumi-ekm").element.KeyProvider)("provider");';
  scenario = await Scenario.start({ keyManager, program });
});
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

it("warns in every run of a cluster whose certificate is not verified, also where no program runs", async () => {
  const { workspace, cluster } = scenario;
  const { fingerprint256: _, ...connection } = connectionTo(cluster);
  const env = { EKM_CLUSTERS: JSON.stringify({ default: { ...connection, insecure: true } }) };
  for (const command of ["preview", "up", "refresh", "destroy"] as const) {
    const { diagnostics } = await workspace[command]({ env });
    const warnings = diagnostics.filter(({ severity, message }) => severity === "warning" && /TLS verif/.test(message));
    expect({ command, warnings: warnings.length }).toEqual({ command, warnings: 1 });
    if (command === "up") expect((await workspace.stateOf("provider"))?.outputs.tlsVerification).toBe("off");
  }
}, 120_000);
