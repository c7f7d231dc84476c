import { configCommand, inShell } from "../../provider/adapters/pulumi/config-command";
import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import { element } from "../../provider/systems/element/system";
import type { Inventory } from "../element/inventory";
import type { Plan } from "./element";
import { CLUSTER_CA_FILE } from "./project";
import { inOneLine, quoted, remark } from "./remark";

export interface Written {
  plan: Plan;
  inventory: Inventory;
  settings: ConnectionSettings;
  folder: string;
  /** What is given to `npm install` there; `undefined` where the program finds its packages already. */
  install: readonly string[] | undefined;
}

/** What was read and written, and how to go on. */
export function report({ plan, inventory, settings, folder, install }: Written): string {
  return [
    `${title(inventory, settings)}: written to ${folder}`,
    "",
    ...plan.declarations.map(({ resource, description }) => `  ${resource.padEnd(26)} ${inOneLine(description)}`),
    ...remarkLines(plan),
    "",
    "Next, with the connection in the stack's configuration or in EKM_CLUSTERS:",
    ...nextCommands(plan, settings, folder, install).map((command) => `  ${command}`),
    "",
    'The first "pulumi up" shows every resource as created: that is how Pulumi takes over what exists. It writes nothing to',
    "the cluster. The preview after it exits with 0 as long as program and cluster agree, and with 7 when they do not.",
    "",
  ].join("\n");
}

/** The same of a cluster that has nothing to adopt, and for which nothing was written. */
export const reportOfNothing = (plan: Plan, inventory: Inventory, settings: ConnectionSettings): string =>
  [`${title(inventory, settings)}: nothing to adopt`, ...remarkLines(plan), ""].join("\n");

const title = ({ cluster }: Inventory, { endpoint }: ConnectionSettings): string =>
  inOneLine(remark`Cluster ${quoted(cluster.name)} (uniqueID ${cluster.uniqueID}) at ${endpoint}`);

function remarkLines({ remarks, declarations }: Plan): string[] {
  const all = [...remarks, ...declarations.flatMap(({ remarks }) => remarks)];
  return all.length === 0 ? [] : ["", "Look at:", ...all.map((text) => `  - ${inOneLine(text)}`)];
}

function nextCommands(plan: Plan, settings: ConnectionSettings, folder: string, install: Written["install"]): string[] {
  const { endpoint, username, caCertificate, fingerprint256, insecure } = settings;
  const set = (member: keyof ConnectionSettings, value?: string, ...flags: string[]) =>
    configCommand(element.configurationKey, plan.connection, member, value, ...flags);
  return [
    `cd ${inShell(folder)}`,
    ...(install === undefined ? [] : [["npm install", ...install.map(inShell)].join(" ")]),
    "pulumi stack init production",
    set("endpoint", endpoint),
    set("username", username),
    ...(fingerprint256 === undefined ? [] : [set("fingerprint256", fingerprint256)]),
    ...(caCertificate === undefined ? [] : [`${set("caCertificate")} < ${CLUSTER_CA_FILE}`]),
    ...(insecure ? [`${set("insecure")} true`] : []),
    set("password", undefined, "--secret"),
    "pulumi up",
    "pulumi preview --refresh --expect-no-changes",
  ];
}
