#!/usr/bin/env node
import { clusterUsage, runCluster } from "./element/cli";
import { runKmip } from "./kmip/cli";

const commands: Record<string, (argv: string[]) => Promise<unknown>> = { cluster: runCluster, kmip: runKmip };

async function main([command = "", ...argv]: string[]): Promise<void> {
  const run = commands[command];
  if (run) return void (await run(argv));
  process.stderr.write(`Usage:\n  ${clusterUsage}\n  ekm-simulator kmip, which names its own options\n`);
  process.exitCode = 2;
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`ekm-simulator: ${error.message}\n`);
  process.exit(1);
});
