import { execFile } from "node:child_process";
import { projectRoot } from "../engine/paths";

/** A known vulnerability of what users of the package get. */
export interface Advisory {
  package: string;
  severity: string;
  title: string;
  url: string;
}

export type Outcome =
  | { kind: "clean" }
  | { kind: "vulnerable"; advisories: Advisory[] }
  /** Nobody can tell: some networks reach a registry that has no audit service. */
  | { kind: "unreachable"; reason: string };

/** `npm audit` could not even begin. */
export class AuditError extends Error {
  readonly code = "AUDIT_FAILED";
  override readonly name = "AuditError";
}

const GRAVE = new Set(["high", "critical"]);

/**
 * Asks the registry's audit service about the dependencies that users of the package get.
 *
 * @param args more arguments for npm
 * @throws AuditError
 */
export async function audit(args: string[] = []): Promise<Outcome> {
  const report = await runNpm(["audit", "--omit=dev", "--audit-level=high", "--json", "--fetch-retries=1", ...args]);
  if (report.vulnerabilities !== undefined) {
    const advisories = Object.values(report.vulnerabilities).flatMap(advisoriesOf);
    return advisories.length === 0 ? { kind: "clean" } : { kind: "vulnerable", advisories };
  }
  // What npm says when the service failed; its own failures have a code instead.
  if (report.message !== undefined) return { kind: "unreachable", reason: report.message };
  throw new AuditError(`npm audit gave no report: ${report.error?.summary ?? "nothing at all"}`);
}

interface Report {
  vulnerabilities?: Record<string, Vulnerability>;
  message?: string;
  error?: { summary?: string };
}

interface Vulnerability {
  name: string;
  severity: string;
  /** Advisories of the package itself, and names of packages that it has them from. */
  via: (string | Omit<Advisory, "package">)[];
}

const advisoriesOf = ({ name, via }: Vulnerability): Advisory[] =>
  via
    .filter((cause) => typeof cause !== "string")
    .filter(({ severity }) => GRAVE.has(severity))
    .map(({ severity, title, url }) => ({ package: name, severity, title, url }));

/** It ends with 1 both when it finds something and when it cannot look: the report tells which. */
function runNpm(args: string[]): Promise<Report> {
  return new Promise((resolve, reject) => {
    execFile("npm", args, { cwd: projectRoot }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        reject(new AuditError(`npm audit gave no report: ${stderr.trim() || error?.message}`));
      }
    });
  });
}
