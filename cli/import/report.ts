import { configCommand, inShell } from "../../provider/adapters/pulumi/config-command";
import type { HttpsSettings } from "../../provider/connections/https/settings";
import { capitalised } from "../../provider/core/errors";
import type { Setting } from "../../provider/core/system";
import { certificateFile } from "./certificate-files";
import type { ProgramFrame } from "./importer";
import type { Plan } from "./plan";
import { inOneLine, remark } from "./remark";

export interface Written<Settings extends HttpsSettings> {
  plan: Plan;
  frame: ProgramFrame<Settings>;
  settings: Settings;
  folder: string;
  /** The commands that install what the program needs, there. */
  install: readonly string[];
}

/** What was read and written, and how to go on. */
export function report<Settings extends HttpsSettings>(written: Written<Settings>): string {
  const { plan, frame, settings, folder } = written;
  const { noun, environmentVariable } = frame.system;
  return [
    `${title(plan, settings)}: written to ${folder}`,
    "",
    ...plan.declarations.map(({ resource, description }) => `  ${resource.padEnd(26)} ${inOneLine(description)}`),
    ...remarkLines(plan),
    "",
    `Next, with the connection in the stack's configuration or in ${environmentVariable}:`,
    ...nextCommands(written).map((command) => `  ${command}`),
    "",
    'The first "pulumi up" shows every resource as created: that is how Pulumi takes over what exists. It writes nothing to',
    `the ${noun}. The preview after it exits with 0 as long as program and ${noun} agree, and with 7 when they do not.`,
    "",
  ].join("\n");
}

/** The same of a system that has nothing to adopt, and for which nothing was written. */
export const reportOfNothing = (plan: Plan, settings: HttpsSettings): string =>
  [`${title(plan, settings)}: nothing to adopt`, ...remarkLines(plan), ""].join("\n");

function title({ system }: Plan, { endpoint }: HttpsSettings): string {
  const text = inOneLine(system) + inOneLine(remark` at ${endpoint}`);
  return capitalised(text);
}

function remarkLines({ remarks, declarations }: Plan): string[] {
  const all = [...remarks, ...declarations.flatMap(({ remarks }) => remarks)];
  return all.length === 0 ? [] : ["", "Look at:", ...all.map((text) => `  - ${inOneLine(text)}`)];
}

function nextCommands<Settings extends HttpsSettings>(written: Written<Settings>): string[] {
  const { folder, install } = written;
  return [
    `cd ${inShell(folder)}`,
    ...install,
    "pulumi stack init production",
    ...configCommands(written),
    "pulumi up",
    "pulumi preview --refresh --expect-no-changes",
  ];
}

/** Secrets come last, and are asked for. */
function configCommands<Settings extends HttpsSettings>({ plan, frame, settings }: Written<Settings>): string[] {
  const { system, certificateFiles } = frame;
  const set = (member: string, value?: string, ...flags: string[]) =>
    configCommand(system.configurationKey, plan.connection, member, value, ...flags);
  const necessary = frame.necessary(settings);
  const members = Object.entries<Setting>(system.settings) as [keyof Settings & string, Setting][];
  const commands = members.flatMap(([member, { secret }]): string[] => {
    const value = necessary[member];
    const file = certificateFiles[member];
    if (secret || value === undefined || value === false) return [];
    if (file !== undefined) return [`${set(member)} < ${certificateFile(file)}`];
    return [value === true ? `${set(member)} true` : set(member, String(value))];
  });
  const secrets = members.filter(([, { secret }]) => secret).map(([member]) => set(member, undefined, "--secret"));
  return [...commands, ...secrets];
}
