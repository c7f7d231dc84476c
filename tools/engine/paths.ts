import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The checkout, from sources and from compiled code alike. */
export const projectRoot = dirname(require.resolve("pulumi-ekm/package.json"));

/** Where engines are kept, one folder a version, shared by all checkouts of a user. */
export function defaultCacheDir(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-ekm", "engine");
}
