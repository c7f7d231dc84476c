import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../../cli/command";
import { importCommand } from "../../cli/import/command";
import { reportCommand } from "../../cli/report/command";
import { PASSWORD } from "../element/stage";
import { useTheatre } from "../element/table";
import { MovedClock } from "../kit/moved-clock";
import { failureOf, inFolder, type Provocations } from "../kit/provocation";

const theatre = useTheatre();

/** How a command of `ekm` fails. */
const failureOfCommand = (command: Command, argv: string[], environment: NodeJS.ProcessEnv = {}): Promise<string> =>
  failureOf(() =>
    command.run(argv, {
      environment,
      clock: new MovedClock(),
      print() {},
      askSecret: () => Promise.reject(new Error("nobody is to be asked")),
    }),
  );

export const provocations: Provocations = {
  EKM_OUTPUT_FOLDER: inFolder("production", (folder) => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: production\n");
    return failureOfCommand(importCommand, ["--out", folder]);
  }),

  EKM_STATE: inFolder("state", (folder) => {
    const file = join(folder, "production.json");
    writeFileSync(file, "");
    return failureOfCommand(reportCommand, ["--state", file]);
  }),

  EKM_REPORT_FILE: async () => {
    const { endpoint, username, fingerprint256 } = (await theatre.scene("attached")).cluster;
    const connection = { endpoint, username, password: PASSWORD, fingerprint256 };
    return failureOfCommand(reportCommand, ["--json", "/nowhere/ekm-report.json"], {
      EKM_CLUSTERS: JSON.stringify({ default: connection }),
    });
  },
};
