import { RunLines } from "../../../provider/run-lines";

test("a line is said once a run about a resource, progress always", () => {
  const said: string[] = [];
  const say = (severity: string, urn: string) => (message: string) => said.push(`${urn} ${severity} ${message}`);
  const lines = new RunLines();
  const logOf = (urn: string) =>
    lines.once(urn, { progress: say("progress", urn), info: say("info", urn), warn: say("warn", urn) });
  for (const urn of ["a", "a", "b"]) {
    logOf(urn).info("will rekey");
    logOf(urn).warn("ends soon");
    logOf(urn).progress("rekeying");
  }
  expect(said).toEqual([
    "a info will rekey",
    "a warn ends soon",
    "a progress rekeying",
    "a progress rekeying",
    "b info will rekey",
    "b warn ends soon",
    "b progress rekeying",
  ]);
});
