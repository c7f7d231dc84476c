import { parseArgs } from "node:util";
import { insecureWarning } from "../../provider/connections/identity";
import { DEFAULT_CLUSTER } from "../../provider/systems/element/default-cluster";
import { type Command, ExitCode, reading } from "../command";
import { CONNECTION_HELP, CONNECTION_OPTIONS, connectionTo } from "../connection";
import { takeInventory } from "../element/inventory";
import { planProgram } from "./element";
import { toInstall } from "./installation";
import { assertVacant, writeProject } from "./output-folder";
import { projectFiles } from "./project";
import { report, reportOfNothing } from "./report";

const help = `Usage: ekm import [OPTION]...

Reads a cluster and writes a Pulumi program that adopts all that it has for external key management. The cluster is not
changed: not by this command, and not by the program's first run.

  --out FOLDER            a new or empty folder for the program; default the cluster's own name
  --cluster NAME          name of the cluster's connection; default "${DEFAULT_CLUSTER}"

The connection of that name is taken from EKM_CLUSTERS in the environment, unless it is given here:

${CONNECTION_HELP}`;

/** Writes a program for a cluster that exists. */
export const importCommand: Command = {
  summary: "writes a program that adopts what a cluster has",
  help,
  async run(argv, surroundings) {
    const { out, ...connection } = readOptions(argv);
    if (out !== undefined) assertVacant(out);
    const cluster = await connectionTo(connection, surroundings);
    const { settings } = cluster;
    if (settings.insecure) surroundings.print(`${insecureWarning(cluster.place)}\n\n`);
    try {
      const inventory = await takeInventory(cluster);
      const plan = planProgram(inventory, cluster.name, surroundings.clock.now());
      if (plan.declarations.length === 0) {
        surroundings.print(reportOfNothing(plan, inventory, settings));
        return ExitCode.ok;
      }
      const folder = out ?? plan.name;
      writeProject(folder, projectFiles(plan, inventory, settings));
      surroundings.print(report({ plan, inventory, settings, folder, install: toInstall(folder) }));
      return ExitCode.ok;
    } finally {
      await cluster.close();
    }
  },
};

const OPTIONS = {
  out: { type: "string" },
  cluster: { type: "string", default: DEFAULT_CLUSTER },
  ...CONNECTION_OPTIONS,
} as const;

/** @throws UsageError */
const readOptions = (args: string[]) => reading(() => parseArgs({ args, options: OPTIONS }).values);
