import { PULUMI_WORDS } from "../../provider/adapters/pulumi/words";
import type { Clock } from "../../provider/core/clock";
import { type EkmError, isEkmError, withWayOut } from "../../provider/core/errors";
import { releaseInWords } from "../../provider/core/release";
import type { Notice } from "./certificate-life";
import { compare } from "./drift";
import { findingsOf } from "./findings";
import type { DriftReport, Failure, Report, SystemReport, SystemReports } from "./model";
import type { Observing, Reporter } from "./reporter";
import type { Sources, Target } from "./sources";
import type { State } from "./state";
import { eachSystem, reported, reporters } from "./systems";

/** Reads systems, and compares a state with them. What cannot be read says so in its place. */
export async function makeReport(
  sources: Sources,
  state: State | undefined,
  clock: Clock,
  notice?: Notice,
): Promise<Report> {
  const now = clock.now();
  const [systems, drift] = await Promise.all([
    readSystems(sources, { now, notice }),
    state && readDrift(sources, state, clock),
  ]);
  return {
    schema: 1,
    created: now.toISOString(),
    writtenBy: releaseInWords(),
    ...systems,
    drift,
    findings: findingsOf(systems, drift),
  };
}

async function readSystems({ targets }: Sources, about: Omit<Observing, "recorded">): Promise<SystemReports> {
  const read = async (name: keyof SystemReports) => {
    const own = targets.filter(({ kind }) => kind === name);
    return [
      name,
      await Promise.all(own.map((target) => readSystem(reporters[name] as Reporter<unknown>, target, about))),
    ];
  };
  return withKeyUsers(Object.fromEntries(await Promise.all(reported.map(read))));
}

async function readSystem<Facts>(
  reporter: Reporter<Facts>,
  { connection, opened, recorded }: Target,
  about: Omit<Observing, "recorded">,
): Promise<SystemReport<Facts>> {
  if (isEkmError(opened)) return { connection, failure: failureOf(opened) };
  const { tlsVerification, settings } = opened;
  const reached = { connection, endpoint: settings.endpoint, tlsVerification };
  try {
    return { ...reached, facts: await reporter.observe(opened, { ...about, recorded }) };
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return { ...reached, failure: failureOf(error) };
  }
}

const failureOf = (error: EkmError): Failure => ({ code: error.code, message: withWayOut(error, PULUMI_WORDS) });

/** What one system holds keys for is another one that was read. */
export function withKeyUsers(reports: SystemReports): SystemReports {
  const users = eachSystem(reports, (reporter, report) => reporter.keyUsers(report));
  const linked = <Facts>({ withKeyUsers }: Reporter<Facts>, some: SystemReport<Facts>[]) =>
    some.map((report) =>
      report.facts === undefined ? report : { ...report, facts: withKeyUsers(report.facts, users) },
    );
  return Object.fromEntries(
    reported.map((name) => [name, linked(reporters[name] as Reporter<unknown>, reports[name])]),
  ) as unknown as SystemReports;
}

async function readDrift(
  { resources, leftOut }: Sources,
  { project, stack, recorded }: State,
  clock: Clock,
): Promise<DriftReport> {
  const compared = resources.map(({ resource, connection }) => compare(resource, connection, clock));
  return { project, stack, recorded, leftOut: leftOut || undefined, resources: await Promise.all(compared) };
}
