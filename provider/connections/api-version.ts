import { ExplainedError } from "../core/errors";

/** The system's API does not have a method: it is too old for it, or has done away with it. */
export class ApiVersionError extends ExplainedError {
  readonly code = "EKM_API_VERSION";
}

/** Versions are numbers between dots, and a missing one is zero: 11.10 is newer than 11.7, and 8.0.1.0 is 8.0.1. */
export function isOlder(version: string, than: string): boolean {
  const numbers = version.split(".").map(Number);
  const others = than.split(".").map(Number);
  const differs = (_: unknown, index: number) => (numbers[index] ?? 0) !== (others[index] ?? 0);
  const place = [...numbers, ...others].findIndex(differs);
  return place >= 0 && (numbers[place] ?? 0) < (others[place] ?? 0);
}
