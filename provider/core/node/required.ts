import { inFull } from "../errors";
import { nodeVersionError } from "./version";

/** Every entry of the package imports this before anything else: a program, an engine or a policy pack loads it. */
const refusal = nodeVersionError(process.versions.node);
if (refusal !== undefined) {
  const message = inFull(refusal);
  // The engine shows the stack beside the message; a program's runner shows none of an error with this mark.
  throw Object.assign(new Error(message), { stack: "", __pulumiRunError: true });
}
