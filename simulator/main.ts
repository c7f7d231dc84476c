#!/usr/bin/env node
import "../provider/core/node/required-by-command";

import { clusterHelp, runCluster } from "./element/cli";
import { keyProtectHelp, runKeyProtect } from "./keyprotect/cli";
import { kmipHelp, runKmip } from "./kmip/cli";
import { runVCenter, vcenterHelp } from "./vsphere/cli";

interface Command {
  help: string;
  run: (argv: string[]) => Promise<void>;
}

const commands = new Map<string, Command>([
  ["cluster", { help: clusterHelp, run: runCluster }],
  ["keyprotect", { help: keyProtectHelp, run: runKeyProtect }],
  ["kmip", { help: kmipHelp, run: runKmip }],
  ["vcenter", { help: vcenterHelp, run: runVCenter }],
]);

const help = `Usage: ekm-simulator COMMAND [OPTION]...

  cluster     a simulated NetApp Element cluster
  keyprotect  a simulated region of IBM Key Protect
  kmip        a KMIP key server
  vcenter     a simulated vCenter Server

ekm-simulator COMMAND --help names a command's options, and ekm-simulator --version the release.
`;

async function main([name = "", ...argv]: string[]): Promise<void> {
  const command = commands.get(name);
  if (command && argv.some(asksForHelp)) return void process.stdout.write(command.help);
  if (command) return command.run(argv);
  if (asksForHelp(name)) return void process.stdout.write(help);
  if (name === "--version") {
    const { name: packageName, version } = require("pulumi-ekm/package.json");
    return void process.stdout.write(`${packageName} ${version}\n`);
  }
  process.stderr.write(help);
  process.exitCode = 2;
}

function asksForHelp(argument: string): boolean {
  return argument === "--help" || argument === "-h";
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`ekm-simulator: ${error.message}\n`);
  process.exit(1);
});
