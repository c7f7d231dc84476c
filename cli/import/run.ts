import { parseArgs } from "node:util";
import type { HttpsSettings } from "../../provider/connections/https/settings";
import { insecureWarning } from "../../provider/connections/identity";
import { type Command, ExitCode, reading } from "../command";
import { connectionTo, textOptions } from "../connection";
import type { Imported, Importer, ProgramFrame } from "./importer";
import { languageOf, USUAL_LANGUAGE } from "./languages";
import { assertVacant, writeProject } from "./output-folder";
import { projectFiles } from "./project";
import { report, reportOfNothing } from "./report";

/** What `ekm import` does with a system of one kind; its help is about the connection alone. */
export const importFrom = <Settings extends HttpsSettings, Connection extends Imported<Settings>>(
  importer: Importer<Settings, Connection>,
): Pick<Command, "help" | "run"> => ({
  help: helpOf(importer),
  async run(args, surroundings) {
    const { noun } = importer.system;
    const options = textOptions(["out", "system", "language", noun, "endpoint", ...importer.given.options]);
    const {
      out,
      language: languageName = USUAL_LANGUAGE,
      [noun]: name = importer.defaultConnection,
      ...given
    } = reading(() => parseArgs({ args, options }).values);
    const language = languageOf(languageName);
    if (out !== undefined) assertVacant(out);
    const connection = await connectionTo(importer.system, importer.given, { ...given, name }, surroundings);
    const { settings, place } = connection;
    if (settings.insecure) surroundings.print(`${insecureWarning(place)}\n\n`);
    try {
      const plan = await importer.plan(connection, surroundings.clock.now());
      if (plan.declarations.length === 0) {
        surroundings.print(reportOfNothing(plan, settings));
        return ExitCode.ok;
      }
      const folder = out ?? plan.name;
      writeProject(folder, projectFiles(plan, importer, settings, language));
      surroundings.print(report({ plan, frame: importer, settings, folder, install: language.install(folder) }));
      return ExitCode.ok;
    } finally {
      await connection.close();
    }
  },
});

function helpOf<Settings extends HttpsSettings>({ system, defaultConnection, given }: Connected<Settings>): string {
  const { noun, environmentVariable } = system;
  return `  --${`${noun} NAME`.padEnd(20)}  name of the ${noun}'s connection; default "${defaultConnection}"

The connection of that name is taken from ${environmentVariable} in the environment, unless it is given here:

${given.help}`;
}

type Connected<Settings extends HttpsSettings> = Pick<ProgramFrame<Settings>, "system" | "defaultConnection"> & {
  given: { help: string };
};
