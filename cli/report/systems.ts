import { clusterReporter } from "./element";
import { instanceReporter } from "./keyprotect";
import type { SystemReport, SystemReports } from "./model";
import type { Reporter } from "./reporter";
import { vcenterReporter } from "./vsphere";

type FactsOf<Name extends keyof SystemReports> = SystemReports[Name] extends SystemReport<infer Facts>[]
  ? Facts
  : never;

/** The systems that are reported, by their member of a report, in the order in which they stand there. */
export const reporters: { readonly [Name in keyof SystemReports]: Reporter<FactsOf<Name>> } = {
  clusters: clusterReporter,
  instances: instanceReporter,
  vcenters: vcenterReporter,
};

export const reported = Object.keys(reporters) as (keyof SystemReports)[];

/** Something for each system of a report. */
export const eachSystem = <T>(
  reports: SystemReports,
  each: <Facts>(reporter: Reporter<Facts>, report: SystemReport<Facts>, index: number) => readonly T[],
): T[] => {
  const ofKind = <Facts>(reporter: Reporter<Facts>, some: readonly SystemReport<Facts>[]) =>
    some.flatMap((report, index) => each(reporter, report, index));
  return reported.flatMap((name) => ofKind(reporters[name] as Reporter<unknown>, reports[name]));
};
