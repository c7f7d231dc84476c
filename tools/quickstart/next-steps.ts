import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../engine/paths";
import type { Report } from "./report";
import type { Servers } from "./servers";

export interface LeftRunning {
  folder: string;
  servers: Servers;
  /** What a shell needs to go on where the story ended. */
  environment: NodeJS.ProcessEnv;
  settingsArguments: string[];
}

/** Says how to go on by hand, and how to end it. Secrets stand in a file, not on the screen. */
export function showNextSteps(report: Report, { folder, servers, environment, settingsArguments }: LeftRunning): void {
  const { endpoint, username, password } = servers.cluster;
  const file = join(folder, "environment");
  const exports = Object.entries({ ...environment, QUICKSTART_LOGIN: `${username}:${password}` });
  writeFileSync(file, exports.map(([name, value]) => `export ${name}=${quoted(value ?? "")}\n`).join(""), {
    mode: 0o600,
  });
  const pulumi = (args: string) => report.command(`pulumi ${args} ${settingsArguments.join(" ")}`);

  report.heading("All of it is left running");
  report.say("Go to the checkout, whose folder every command assumes, in case you are elsewhere.");
  report.command(`cd ${quoted(projectRoot)}`);
  report.say(`Export the environment first: ${exports.map(([name]) => name).join(", ")}.`);
  report.command(`. ${file}`);
  report.heading("Ask the cluster");
  report.command(
    `curl --insecure --user "$QUICKSTART_LOGIN" --data '{"method": "GetSoftwareEncryptionAtRestInfo", "params": {}}' ${endpoint}/json-rpc/12.3`,
  );
  report.heading("Look for changes made by hand");
  pulumi("preview --refresh --expect-no-changes");
  report.heading("Change examples/quickstart/index.ts, see what that would do, then do it");
  report.say('Such as a new master key: add masterKey: { rotationTriggers: { occasion: "1" } } to the arguments.');
  pulumi("preview --diff");
  pulumi("up");
  report.heading("Go back to internal keys, end the servers, remove everything");
  pulumi("destroy");
  report.command(`kill ${servers.pids.join(" ")} && rm -r ${folder}`);
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
