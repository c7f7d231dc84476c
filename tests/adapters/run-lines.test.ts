import { RunLines } from "../../provider/adapters/process/lines";
import { MovedClock } from "../kit/moved-clock";

test("a line is said once a run about a resource, progress always", () => {
  const said: string[] = [];
  const say = (severity: string, urn: string) => (message: string) => said.push(`${urn} ${severity} ${message}`);
  const lines = new RunLines(new MovedClock());
  const logOf = (urn: string) =>
    lines.once(urn, {
      announce: say("announce", urn),
      progress: say("progress", urn),
      info: say("info", urn),
      warn: say("warn", urn),
    });
  for (const urn of ["a", "a", "b"]) {
    logOf(urn).announce("will rekey");
    logOf(urn).info("rekeyed");
    logOf(urn).warn("ends soon");
    logOf(urn).progress("rekeying");
  }
  expect(said).toEqual([
    "a announce will rekey",
    "a info rekeyed",
    "a warn ends soon",
    "a progress rekeying",
    "a progress rekeying",
    "b announce will rekey",
    "b info rekeyed",
    "b warn ends soon",
    "b progress rekeying",
  ]);
});

test("resources that wait together say how far they are about once a second", () => {
  const clock = new MovedClock();
  const lines = new RunLines(clock);
  const said: string[] = [];
  const log = { announce() {}, info() {}, warn() {}, progress: (message: string) => void said.push(message) };
  const urns = Array.from({ length: 100 }, (_, index) => `key-${index}`);
  const look = () => {
    for (const urn of urns) lines.once(urn, log).progress(urn);
  };
  look();
  expect(said).toEqual(urns);
  for (let second = 0; second < 600; second += 5) {
    clock.advance(5_000);
    look();
  }
  expect(said.length).toBeLessThanOrEqual(700);
  expect(new Set(said.slice(-100)).size).toBe(100);
});

test("a resource that waits alone says everything", () => {
  const lines = new RunLines(new MovedClock());
  const said: string[] = [];
  const log = { announce() {}, info() {}, warn() {}, progress: (message: string) => void said.push(message) };
  for (let look = 0; look < 5; look += 1) lines.once("key", log).progress(`${look}`);
  expect(said).toEqual(["0", "1", "2", "3", "4"]);
});
