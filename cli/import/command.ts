import { parseArgs } from "node:util";
import { type Command, UsageError } from "../command";
import { elementImporter } from "./element";
import { keyProtectImporter } from "./keyprotect";
import { LANGUAGES_IN_WORDS } from "./languages";
import { importFrom } from "./run";
import { vcenterImporter } from "./vsphere";

/** The systems for which programs are written, by the names that `--system` takes. The first is the default one. */
const importable: Readonly<Record<string, ReturnType<typeof importFrom> & { title: string }>> = {
  element: { title: "a NetApp Element cluster", ...importFrom(elementImporter) },
  keyprotect: { title: "an IBM Key Protect instance", ...importFrom(keyProtectImporter) },
  vcenter: { title: "a vCenter", ...importFrom(vcenterImporter) },
};

const names = Object.keys(importable);
const [usual = ""] = names;
const listed = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(names);

const help = `Usage: ekm import [--system SYSTEM] [OPTION]...

Reads a system and writes a Pulumi program that adopts all that it has for external key management. The system is not
changed: not by this command, and not by the program's first run.

  --system SYSTEM         one of these; default ${usual}:
${names.map((name) => `                            ${name.padEnd(10)}  ${importable[name]?.title}`).join("\n")}
  --language LANGUAGE     of the program: ${LANGUAGES_IN_WORDS}
  --out FOLDER            a new or empty folder for the program; default the system's own name
${Object.entries(importable)
  .map(([name, { help }]) => `\nWith --system ${name}:\n\n${help}`)
  .join("")}`;

/** Writes a program for a system that exists. */
export const importCommand: Command = {
  summary: "writes a program that adopts what a system has",
  help,
  run(argv, surroundings) {
    const name = systemIn(argv);
    const chosen = Object.hasOwn(importable, name) ? importable[name] : undefined;
    if (chosen === undefined) throw new UsageError(`--system takes ${listed}, not ${name}`);
    return chosen.run(argv, surroundings);
  },
};

/** The options of a system are read when it is known. */
function systemIn(args: string[]): string {
  const options = { system: { type: "string", default: usual } } as const;
  const { system: name } = parseArgs({ args, options, strict: false }).values;
  return typeof name === "string" ? name : usual;
}
