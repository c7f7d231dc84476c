import { inFull } from "../errors";
import { nodeVersionError } from "./version";

/** To be imported before anything else by the main module of a command. */
const refusal = nodeVersionError(process.versions.node);
if (refusal !== undefined) {
  process.stderr.write(`${inFull(refusal)}\n`);
  process.exit(1);
}
