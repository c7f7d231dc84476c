import { type ExecFileException, execFile } from "node:child_process";
import { promisify } from "node:util";
import { withoutSecrets } from "../environment";
import { reasonOf } from "./errors";
import { projectRoot } from "./paths";
import { type Progress, withElapsedTime } from "./progress";
import type { Supplier } from "./supplier";
import { ENGINE_VERSION } from "./version";

const INSTALLER_URL = "https://get.pulumi.com/install.sh";
const ANSWER_WITHIN_MILLISECONDS = 10_000;
const FINISH_WITHIN_MILLISECONDS = 300_000;

/** The vendor's own installer, which downloads a release. */
export const officialInstaller: Supplier = {
  name: "the official installer",
  source: "installer",
  async supply(folder: string, progress: Progress): Promise<void> {
    await withElapsedTime(
      () => `Installing pulumi ${ENGINE_VERSION} with the official installer`,
      progress,
      async () => {
        await assertAnswering();
        await install(folder);
      },
    );
  },
};

/** The installer itself waits two minutes for a site that a firewall hides. */
async function assertAnswering(): Promise<void> {
  try {
    const response = await fetch(INSTALLER_URL, {
      method: "HEAD",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS),
    });
    if (!response.ok) {
      throw new Error(`it answered ${response.status} ${response.statusText}`);
    }
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? ` (${reasonOf(error.cause)})` : "";
    throw new Error(`${INSTALLER_URL} cannot be reached: ${reasonOf(error)}${cause}`);
  }
}

/** The SDK's own installing of its own version, which is the pinned one. It would hand on the whole environment. */
const INSTALL = `
require("@pulumi/pulumi/automation").PulumiCommand.install({ root: process.argv[1] }).then(
  () => process.exit(0),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);`;

async function install(root: string): Promise<void> {
  const options = { cwd: projectRoot, env: withoutSecrets(), timeout: FINISH_WITHIN_MILLISECONDS };
  try {
    await promisify(execFile)(process.execPath, ["-e", INSTALL, root], options);
  } catch (error) {
    const { killed, stderr } = error as ExecFileException & { stderr: string };
    throw new Error(killed ? `not done after ${FINISH_WITHIN_MILLISECONDS / 60_000} minutes` : stderr.trim());
  }
}
