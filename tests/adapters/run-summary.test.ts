import { type Deed, type Outcome, RunSummary } from "../../provider/adapters/process/summary";
import { resourceInWords } from "../../provider/adapters/pulumi/resource-type";
import { PermissionDeniedError } from "../../provider/connections/errors";
import { IncompleteError } from "../../provider/core/errors";
import { clusterPlace } from "../../provider/systems/element/api/peer";
import { RekeyDeadlineError } from "../../provider/systems/element/errors";

const FLEET = "urn:pulumi:dev::site::ekm:element:Fleet$pulumi-nodejs:dynamic/ekm/element:Fleet::storage";
const urnOf = (type: string, name: string) =>
  `urn:pulumi:dev::site::pulumi-nodejs:dynamic/ekm/element:${type}::${name}`;
const TYPES = ["KeyPair", "KeyServer", "MasterKey"];

const denied = new PermissionDeniedError({
  attempt: "calling ModifyKeyServerKmip",
  reason: "xPermissionDenied",
  wayOut: "use another account",
});
const late = new IncompleteError(
  "1",
  {},
  new RekeyDeadlineError({ attempt: "rekeying", reason: "it still runs after 60 seconds", wayOut: "run again" }),
);

/** Outcomes of a key pair, a key server and a master key: fewer where the run did not get to them. */
type Fates = Record<string, (Outcome | { failure: Error })[]>;

function told(deed: Deed | undefined, fates: Fates): string[] {
  const summary = new RunSummary(resourceInWords);
  summary.expect(
    FLEET,
    Object.keys(fates).map((cluster) => ({ place: clusterPlace(cluster), resources: TYPES.length })),
  );
  for (const [cluster, outcomes] of Object.entries(fates)) {
    outcomes.forEach((outcome, index) => {
      summary.record({ urn: urnOf(TYPES[index] ?? "", cluster), place: clusterPlace(cluster) }, outcome, deed);
    });
  }
  return summary.tell().flatMap(({ urn, severity, lines }) => {
    expect(urn).toBe(FLEET);
    return lines.map((line) => `${severity}: ${line}`);
  });
}

const DONE: Outcome[] = ["settled", "settled", "settled"];
const FAILED: Fates[string] = ["settled", { failure: denied }];

test.each<{ name: string; deed?: Deed; fates: Fates; lines: string[] }>([
  { name: "a plan", fates: { east: DONE, west: ["pending"] }, lines: [] },
  { name: "all done", deed: "change", fates: { east: DONE, west: DONE }, lines: ["info: 2 clusters: all done"] },
  {
    name: "of each kind one",
    deed: "change",
    fates: { a: DONE, b: FAILED, c: ["settled", "settled", { failure: late }], d: ["settled"], e: [] },
    lines: [
      "warn: 5 clusters: 1 done, 1 waiting, 1 failed, 2 not finished",
      'warn: waiting with EKM_REKEY_DEADLINE: c (element.MasterKey "c": it still runs after 60 seconds)',
      'warn: failed with EKM_PERMISSION_DENIED: b (element.KeyServer "b": xPermissionDenied)',
      "warn: not finished: d, e",
    ],
  },
  {
    name: "a failure besides a wait",
    deed: "change",
    fates: { a: [{ failure: late }, { failure: denied }] },
    lines: [
      "warn: 1 cluster: 1 failed",
      'warn: failed with EKM_PERMISSION_DENIED: a (element.KeyServer "a": xPermissionDenied)',
    ],
  },
  {
    name: "one cause on many clusters",
    deed: "change",
    fates: Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`s${index}`, FAILED])),
    lines: [
      "warn: 14 clusters: 14 failed",
      'warn: failed with EKM_PERMISSION_DENIED: s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11 and 2 more (element.KeyServer "s0": xPermissionDenied)',
    ],
  },
  {
    name: "an error that is not of this package",
    deed: "change",
    fates: { a: [{ failure: new TypeError("undefined is not a function") }] },
    lines: ["warn: 1 cluster: 1 failed", 'warn: failed: a (element.KeyPair "a": undefined is not a function)'],
  },
  {
    name: "a refresh that finds differences",
    deed: "look",
    fates: { a: DONE, b: ["settled", "pending", "settled"], c: FAILED.slice(1) },
    lines: [
      "warn: 3 clusters: 1 as recorded, 1 failed, 1 not as recorded",
      'warn: failed with EKM_PERMISSION_DENIED: c (element.KeyPair "c": xPermissionDenied)',
      "warn: not as recorded: b",
    ],
  },
  { name: "a refresh", deed: "look", fates: { a: DONE }, lines: ["info: 1 cluster: all as recorded"] },
  {
    name: "a destroy, of which nobody knows what is retained",
    deed: "removal",
    fates: { a: ["removed", "removed"], b: ["removed", { failure: denied }] },
    lines: [
      "warn: 2 clusters: 1 without a failure, 1 failed",
      'warn: failed with EKM_PERMISSION_DENIED: b (element.KeyServer "b": xPermissionDenied)',
    ],
  },
])("the summary of a fleet: $name", ({ deed, fates, lines }) => {
  expect(told(deed, fates)).toEqual(lines);
});

test("a predecessor that is removed is no part of what is done", () => {
  const summary = new RunSummary(resourceInWords);
  const place = clusterPlace("east");
  summary.expect(FLEET, [{ place, resources: 1 }]);
  summary.record({ urn: urnOf("KeyServer", "old"), place }, "removed", "removal");
  summary.record({ urn: urnOf("KeyServer", "new"), place }, "pending", "change");
  expect(summary.tell()).toMatchObject([{ lines: ["1 cluster: 1 not finished", "not finished: east"] }]);
});

test("systems of several kinds are counted and kept apart by their nouns", () => {
  const summary = new RunSummary(resourceInWords);
  const [east, west] = [clusterPlace("east"), clusterPlace("west")];
  const instance = { noun: "instance", name: "east" };
  summary.expect(
    FLEET,
    [east, west, instance].map((place) => ({ place, resources: 1 })),
  );
  summary.record({ urn: urnOf("KeyServer", "a"), place: east }, "settled", "change");
  summary.record({ urn: urnOf("KeyServer", "b"), place: west }, "settled", "change");
  expect(summary.tell()).toMatchObject([
    { lines: ["2 clusters, 1 instance: 2 done, 1 not finished", 'not finished: instance "east"'] },
  ]);
});
