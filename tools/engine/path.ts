import { reasonOf } from "./errors";
import { findExecutable, missingCompanions, versionOf } from "./executables";
import { whyTooOld } from "./version";

/** The user's own engine, the first `pulumi` on `path`. Rejects with the reason why it does not serve. */
export async function engineOnPath(path: string): Promise<{ pulumi: string; version: string }> {
  const pulumi = findExecutable("pulumi", path);
  if (pulumi === undefined) {
    throw new Error("there is no pulumi");
  }
  const version = await versionOf(pulumi).catch((error) => {
    throw new Error(`${pulumi} cannot be run: ${reasonOf(error)}`);
  });
  const tooOld = whyTooOld(version);
  if (tooOld !== undefined) {
    throw new Error(`${pulumi} does not serve: ${tooOld}`);
  }
  const missing = missingCompanions(pulumi, path);
  if (missing.length > 0) {
    throw new Error(`${pulumi} has no ${missing.join(" and no ")} beside it or on PATH`);
  }
  return { pulumi, version };
}
