import { reasonOf } from "./errors";
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

async function install(root: string): Promise<void> {
  // Loaded only here: it takes a second. It installs the SDK's own version, which is the pinned one.
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not done after ${FINISH_WITHIN_MILLISECONDS / 60_000} minutes`)),
      FINISH_WITHIN_MILLISECONDS,
    );
  });
  try {
    await Promise.race([PulumiCommand.install({ root }), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
