import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileJournal, journalFolder } from "../../provider/adapters/process/journal/folder";
import { Runtime } from "../../provider/adapters/pulumi/runtime";
import { systemClock } from "../../provider/core/clock";
import { FakeEngine } from "./fake-engine";

const STACK = "urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/element:";
const DECLARED = `${STACK}KeyServer::main`;
const CUT_OFF = `${STACK}KeyProvider::main`;

const formerStateHome = process.env.XDG_STATE_HOME;
const stateHome = mkdtempSync(join(tmpdir(), "ekm-leftovers-"));
let engine: FakeEngine;
let address: string;

beforeAll(async () => {
  process.env.XDG_STATE_HOME = stateHome;
  ({ engine, address } = await FakeEngine.start());
  const journal = new FileJournal(journalFolder(process.env), systemClock, () => {});
  const attempts = [{ to: "key provider", before: "", name: "main-1a2b3c4" }];
  journal.write("a7k3", CUT_OFF, { receipt: "after", before: null, wrote: true, attempts }, "attempted");
});

afterAll(() => {
  engine.stop();
  rmSync(stateHome, { recursive: true });
  if (formerStateHome === undefined) delete process.env.XDG_STATE_HOME;
  else process.env.XDG_STATE_HOME = formerStateHome;
});

/** The lines of a run that has checked one resource. */
async function linesOf(run: (runtime: Runtime) => void): Promise<string[]> {
  const runtime = new Runtime(address);
  runtime.contexts.planning(DECLARED).journal.find("a7k3", DECLARED);
  run(runtime);
  await runtime.close();
  return engine.lines.splice(0).map(({ message }) => message);
}

test("a run that has declared everything tells what a cut-off run has left behind", async () => {
  expect(await linesOf(() => {})).toEqual([
    expect.stringMatching(/make key provider "main-1a2b3c4" .* which the program does not declare any more/),
  ]);
});

test("a run that declares what was cut off tells nothing", async () => {
  expect(await linesOf((runtime) => runtime.contexts.planning(CUT_OFF))).toEqual([]);
});

test("a run that has failed takes nothing for undeclared: its program did not come so far", async () => {
  expect(await linesOf((runtime) => runtime.noteFailure())).toEqual([]);
});
