import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";
import { ANSWER_FAILURES } from "../../engine/acceptance/failures/answer-failures";
import { CLUSTER_FAILURES } from "../../engine/acceptance/failures/cluster-failures";
import type { Failure } from "../../engine/acceptance/failures/failure";
import { REKEY_FAILURES } from "../../engine/acceptance/failures/rekey-failures";
import { CALL_FAILURES } from "./call-failures";

const page = readFileSync(join(projectRoot, "docs/failures.md"), "utf8");

/** Cells of the table under a heading, without the heading's own rows. */
function tableUnder(heading: string): string[][] {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const lines = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const code = (text: string | undefined): string => (text === undefined ? "" : `\`${text}\``);

test("every failure of a call is documented, with how often it is tried and what it ends with", () => {
  expect(tableUnder("Calls")).toEqual(
    CALL_FAILURES.map(({ name, tries, code: error }) => [
      name,
      ...[tries.read, tries.idempotent, tries.create].map(String),
      code(error),
    ]),
  );
});

test("every other failure is documented, with what each command says, what state holds and the way out", () => {
  const calls = new Set(CALL_FAILURES.map(({ name }) => name));
  const others = ANSWER_FAILURES.filter(({ name }) => !calls.has(name));
  const failures = [...CLUSTER_FAILURES, ...others, ...REKEY_FAILURES];
  const documented = tableUnder("Clusters, key servers, rekeys");
  expect(documented.map((cells) => cells.slice(0, 4))).toEqual(
    failures.map(({ name, refresh, up, destroy }) => [
      name,
      ...[refresh, up, destroy].map((encounter) => code(encounter.code)),
    ]),
  );
  for (const [name, , , , state, wayOut] of documented) {
    const { up } = failures.find((failure) => failure.name === name) as Failure;
    const held = up.code === undefined ? /key/ : up.incomplete ? /^incomplete$/ : /^as it was$/;
    expect({ name, state, wayOut }).toEqual({
      name,
      state: expect.stringMatching(held),
      wayOut: expect.stringMatching(/../),
    });
  }
});
