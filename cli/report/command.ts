import { parseArgs } from "node:util";
import { type Command, ExitCode, reading, UsageError } from "../command";
import { givenConnection, optionsOf } from "../connection";
import { givenCluster } from "../element/given-connection";
import { type Notice, noticeOfDays } from "./certificate-life";
import { makeReport } from "./evidence";
import { DEFAULT_FILES, writeReport } from "./files";
import type { FindingKind, Report } from "./model";
import { sourcesOf } from "./sources";
import { readState } from "./state";
import { summaryOf } from "./summary";
import { eachSystem } from "./systems";

/** What can be failed on. */
const FAILURES = ["drift", "faults", "certificates"] as const satisfies FindingKind[];

const help = `Usage: ekm report [OPTION]...

Writes what an auditor asks for about clusters, Key Protect instances and vCenters: who holds each key, how old it is, its last
rekey or rotation, who has keys of a key provider, certificates and their ends, how TLS is verified, open faults, and what was
changed since the last "pulumi up". Nothing is changed by it.

  --json FILE             writes the report as data
  --html FILE             writes the report as a page of its own; without either option, both are written here:
                          ${DEFAULT_FILES.json} and ${DEFAULT_FILES.html}
  --state FILE            what "pulumi stack export --show-secrets" writes, "-" for standard input: its resources are
                          compared with what there is, through the connections that it has
  --fail-on WHAT          drift, faults or certificates (that do not work, or end soon); may be given several times
  --days N                a certificate ends soon when it ends within N days; default the last tenth of its life, or 30
                          days where that is less
  --cluster NAME          name of a cluster's connection; may be given several times
  --instance NAME         the same of a Key Protect instance
  --vcenter NAME          the same of a vCenter; default for all three whatever is configured

Connections are taken from the state, and from EKM_CLUSTERS, EKM_KEY_PROTECT_INSTANCES and EKM_VCENTERS in the environment,
unless one to a cluster is given here:

${givenCluster.help}
It ends with 0 when it is written, with 1 when something could not be read or written (the report then says what), and with
3 when there is something that --fail-on names.
`;

/** Writes evidence for an auditor. */
export const reportCommand: Command = {
  summary: "writes who holds which keys, for an auditor",
  help,
  async run(argv, surroundings) {
    const { json, html, state: file, "fail-on": failOn, days, ...others } = readOptions(argv);
    const { cluster, instance, vcenter, ...connection } = others;
    const given = await givenConnection(givenCluster, connection, surroundings);
    const state = file === undefined ? undefined : readState(file);
    const sources = sourcesOf({ state, names: { cluster, instance, vcenter }, given }, surroundings);
    let report: Report;
    try {
      report = await makeReport(sources, state, surroundings.clock, noticeIn(days));
    } finally {
      await sources.close();
    }
    const files = json === undefined && html === undefined ? DEFAULT_FILES : { json, html };
    writeReport(report, files);
    surroundings.print(
      summaryOf(
        report,
        [files.json, files.html].filter((name) => name !== undefined),
      ),
    );
    return exitCodeOf(report, failOn);
  },
};

const OPTIONS = {
  json: { type: "string" },
  html: { type: "string" },
  state: { type: "string" },
  "fail-on": { type: "string", multiple: true, default: [] as string[] },
  days: { type: "string" },
  cluster: { type: "string", multiple: true },
  instance: { type: "string", multiple: true },
  vcenter: { type: "string", multiple: true },
  ...optionsOf(givenCluster),
} as const;

/** @throws UsageError */
function readOptions(args: string[]) {
  const { values } = reading(() => parseArgs({ args, options: OPTIONS }));
  const unknown = values["fail-on"].find((what) => !(FAILURES as readonly string[]).includes(what));
  if (unknown !== undefined) throw new UsageError(`--fail-on takes ${FAILURES.join(", ")}, not ${unknown}`);
  if (values.days !== undefined && !/^\d{1,5}$/.test(values.days)) {
    throw new UsageError(`--days takes a whole number of days, not ${values.days}`);
  }
  if (values["fail-on"].includes("drift") && values.state === undefined) {
    throw new UsageError("--fail-on drift needs --state: there is nothing to compare with");
  }
  const isOfOthers = values.instance !== undefined || values.vcenter !== undefined;
  if (values.endpoint !== undefined && (isOfOthers || (values.cluster?.length ?? 0) > 1)) {
    throw new UsageError("--endpoint is of one cluster: give --cluster once, and no --instance or --vcenter");
  }
  return values;
}

/** What is missing in the evidence counts more than what is found. */
function exitCodeOf(report: Report, failOn: readonly string[]): ExitCode {
  const { findings } = report;
  if (findings.some(({ kind }) => kind === "unread")) return ExitCode.failed;
  const [endSoon] = eachSystem(report, (reporter, { facts }) =>
    facts !== undefined && reporter.endsSoon(facts) ? [true] : [],
  );
  const isFound = findings.some(({ kind }) => failOn.includes(kind)) || (endSoon && failOn.includes("certificates"));
  return isFound ? ExitCode.findings : ExitCode.ok;
}

const noticeIn = (days: string | undefined): Notice | undefined =>
  days === undefined ? undefined : noticeOfDays(Number(days));
