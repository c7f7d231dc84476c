import { insecureWarning } from "../../provider/connections/identity";
import { countOf } from "../count";
import { finding } from "./finding";
import type { DriftReport, Finding, ResourceReport, SystemReport, SystemReports } from "./model";
import type { Reporter } from "./reporter";
import { eachSystem } from "./systems";
import { resourceInWords } from "./wording";

/** What somebody should look at, the worst first. */
export function findingsOf(reports: SystemReports, drift: DriftReport | undefined): Finding[] {
  const found = [
    ...eachSystem(reports, (reporter, report) => systemFindings(reporter, report)),
    ...(drift === undefined ? [NOT_COMPARED] : driftFindings(drift)),
  ];
  return ORDER.flatMap((kind) => found.filter((finding) => finding.kind === kind));
}

const ORDER: readonly Finding["kind"][] = ["unread", "drift", "faults", "certificates", "notice"];

const NOT_COMPARED = finding("notice", 'Nothing was compared with the last "pulumi up": no state was given.');

function driftFindings({ resources, leftOut }: DriftReport): Finding[] {
  const found = resources.flatMap(resourceFindings);
  if (leftOut === undefined) return found;
  const left = `${countOf(leftOut, "resource")} of other systems ${leftOut === 1 ? "was" : "were"} not compared.`;
  return [...found, finding("notice", left)];
}

function systemFindings<Facts>(reporter: Reporter<Facts>, report: SystemReport<Facts>): Finding[] {
  const { connection, tlsVerification, failure, facts } = report;
  const { noun } = reporter.system;
  const found = facts === undefined ? [] : reporter.findings(facts);
  if (failure !== undefined) found.push(finding("unread", `The ${noun} could not be read: ${failure.message}`));
  if (tlsVerification === "off") found.push(finding("notice", insecureWarning({ noun, name: connection })));
  return found.map((each) => ({ ...each, [noun]: connection }));
}

function resourceFindings(resource: ResourceReport): Finding[] {
  const { verdict, cluster, instance, vcenter, differences, failure, plan } = resource;
  const place = { cluster, instance, vcenter };
  const title = resourceInWords(resource);
  switch (verdict) {
    case "same":
      return [];
    case "unread":
      return [{ kind: "unread", ...place, text: `${title} could not be compared: ${failure?.message}` }];
    case "missing":
      return [{ kind: "drift", ...place, text: `${title} is gone.` }];
    case "changed": {
      const properties = differences.map(({ property }) => property).join(", ");
      return [{ kind: "drift", ...place, text: `${title} was changed: ${properties}.` }];
    }
    case "due":
      return [{ kind: "notice", ...place, text: [`The next "pulumi up" will update ${title}.`, ...plan].join(" ") }];
  }
}
