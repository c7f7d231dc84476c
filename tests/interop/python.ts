import { join } from "node:path";
import { projectRoot } from "../../tools/engine/paths";
import { pythonWith } from "../../tools/python/environment";

const MODULES =
  "kmip.pie.client kmip.services.server solidfire.factory keyprotect redstone pyVim.connect com.vmware.cis_client";

let interpreter: Promise<string> | undefined;

/** The Python that has PyKMIP and the vendors' SDKs. */
export function pythonInterpreter(): Promise<string> {
  interpreter ??= pythonWith({
    file: join(projectRoot, "tests/interop/requirements.txt"),
    modules: MODULES.split(" "),
  });
  return interpreter;
}
