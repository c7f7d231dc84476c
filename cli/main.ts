#!/usr/bin/env node
import "../provider/core/node/required-by-command";

import { PULUMI_WORDS } from "../provider/adapters/pulumi/words";
import { systemClock } from "../provider/core/clock";
import { inFull, isEkmError } from "../provider/core/errors";
import { releaseInWords } from "../provider/core/release";
import { type Command, ExitCode, UsageError } from "./command";
import { importCommand } from "./import/command";
import { reportCommand } from "./report/command";
import { askSecret } from "./secret";

const commands = new Map<string, Command>([
  ["import", importCommand],
  ["report", reportCommand],
]);

const help = `Usage: ekm COMMAND [OPTION]...

${[...commands].map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`).join("\n")}

ekm COMMAND --help names a command's options, and ekm --version the release.
`;

async function main([name = "", ...argv]: string[]): Promise<ExitCode> {
  const command = commands.get(name);
  if (asksForHelp(name) || (command !== undefined && argv.some(asksForHelp))) {
    process.stdout.write(command?.help ?? help);
    return ExitCode.ok;
  }
  if (name === "--version") {
    process.stdout.write(`${releaseInWords()}\n`);
    return ExitCode.ok;
  }
  if (command === undefined) throw new UsageError(name === "" ? "no command is given" : `there is no command ${name}`);
  return command.run(argv, {
    environment: process.env,
    clock: systemClock,
    print: (text) => process.stdout.write(text),
    askSecret,
  });
}

const asksForHelp = (argument: string): boolean => argument === "--help" || argument === "-h";

main(process.argv.slice(2))
  .catch((error: unknown) => {
    if (error instanceof UsageError) {
      process.stderr.write(`ekm: ${error.message}\nTry "ekm --help".\n`);
      return ExitCode.usage;
    }
    process.stderr.write(`ekm: ${isEkmError(error) ? inFull(error, PULUMI_WORDS) : (error as Error).stack}\n`);
    return ExitCode.failed;
  })
  .then((code) => {
    process.exitCode = code;
  });
