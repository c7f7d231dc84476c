import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";
import { configurationOf, KeyManager, Scenario } from "./lab";

/** Every kind of resource: those of the road, and what stands beside it. */
const PROGRAM = `
const { element, pki } = require("pulumi-ekm");
const { key } = require("./road.js");
new pki.CertificateAuthority("authority", { subject: { commonName: "Lab" } });
new element.DriveRecovery("recovery", { drives: [1] }, { dependsOn: key });
new element.Fleet("fleet", { clusters: ["default"], declare: () => undefined });
`;

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
  scenario = await Scenario.start({ keyManager, program: PROGRAM, residentProgram: false });
  scenario.workspace.addFile(join(projectRoot, "tests/engine/acceptance/automation.js"));
}, 60_000);
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

const resources = () =>
  scenario.workspace
    .storedState()
    .resources.map(({ urn }) => urn)
    .sort();

/** Once the engine deleted what a failed inline program had not come to register, and the key was internal again. */
it("removes nothing, whatever the Automation API is told, and is finished by the next run", async () => {
  const { workspace, cluster } = scenario;
  scenario.declare({ encryption: "external" });
  await workspace.up();
  const [before, present] = [resources(), configurationOf(cluster)];
  const types = new Set(before.map((urn) => urn.split("::")[2]?.split(":").at(-1)));
  expect([...types].sort()).toEqual(ALL_TYPES);

  scenario.declare({ encryption: "external", args: { server: { name: "kms" } } });
  for (const program of ["inline", "local"]) {
    for (const mode of ["continue", "stop"]) {
      cluster.faults.add({
        method: "ModifyKeyServerKmip",
        count: 1,
        action: { error: { name: "xUnknown", message: "not now" } },
      });
      const { exitCode, stdout } = await workspace.shell(`node automation.js ${program} ${mode}`);
      expect({ program, mode, exitCode }).toEqual({ program, mode, exitCode: 1 });
      expect(stdout).toContain("ModifyKeyServerKmip");
      expect(resources()).toEqual(before);
      expect(configurationOf(cluster)).toEqual(present);
      if (program === "inline" && mode === "continue") expect(stdout).toContain("EKM_RUN_INCOMPLETE");
    }
  }
  const mended = await workspace.up();
  expect(mended.summary.delete).toBeUndefined();
  expect(resources()).toEqual(before);
}, 120_000);

const ALL_TYPES = [
  "CertificateAuthority",
  "CertificateSigningRequest",
  "DriveRecovery",
  "Fleet",
  "HardwareEncryption",
  "KeyPair",
  "KeyProvider",
  "KeyServer",
  "KeyServerAttachment",
  "MasterKey",
  "SignedCertificate",
  "Stack",
  "pulumi-nodejs",
];
