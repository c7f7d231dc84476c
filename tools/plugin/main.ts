import { bundlePlugin } from "./bundle";
import { makeExecutable } from "./executable";

/** Makes the plugin that is packed, with `--executable` the one that has its own Node. */
async function main(): Promise<void> {
  if (process.argv.includes("--executable")) console.log(await makeExecutable());
  else await bundlePlugin();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
