import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PULUMI_WORDS } from "../../provider/adapters/pulumi/words";
import { inFull, isEkmError } from "../../provider/core/errors";
import type { Outcome } from "./resource";

/** Brings an error about, and gives what a person is shown of it. */
export type Provocation = () => Promise<string>;

/** Errors by their codes. */
export type Provocations = Readonly<Record<`EKM_${string}`, Provocation>>;

/** What a person is shown of an operation that did not succeed. */
export function saidOf(outcome: Outcome<object>): string {
  if ("did" in outcome) throw new Error(`the resource was ${outcome.did}`);
  if ("failed" in outcome && isEkmError(outcome.error)) return inFull(outcome.error, PULUMI_WORDS);
  return ("refused" in outcome && outcome.refused[0]?.reason) || JSON.stringify(outcome);
}

/** What some work fails with. */
export async function failureOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (isEkmError(error)) return inFull(error, PULUMI_WORDS);
    throw error;
  }
  throw new Error("nothing failed");
}

/** Gives a provocation a folder of its own, which the message shows by another name. */
export const inFolder =
  (shown: string, provoke: (folder: string) => Promise<string>): Provocation =>
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "ekm-errors-"));
    try {
      return (await provoke(folder)).replaceAll(folder, shown);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
