import { join } from "node:path";
import { projectRoot } from "../engine/paths";
import { makeSdks } from "./make";

/** Makes the SDKs of languages other than TypeScript, and says where they are. */
async function main(): Promise<void> {
  const made = await makeSdks(join(projectRoot, "dist/sdks"), (line) => console.error(line));
  for (const file of Object.values(made)) console.log(file);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
