import { setTimeout as delay } from "node:timers/promises";
import type { SoapCall } from "../soap/method";
import { Any, element, List, Structure, type Value } from "../soap/values";
import { collect, type Selected } from "./collection";
import { objectsOf } from "./objects";
import type { PropertyFilter } from "./registry";

export interface WaitOptions {
  maxWaitSeconds?: number;
  maxObjectUpdates?: number;
}

/** A client that names no time asks again itself. */
const LONGEST_WAIT_SECONDS = 30;
const LOOK_MS = 20;

/**
 * What the filters of a collector select: at once for a client that knows no version, and otherwise as soon as something
 * in it changes. Nothing when the time is over first.
 */
export async function updatesFor(
  call: SoapCall,
  version: string | undefined,
  { maxWaitSeconds = LONGEST_WAIT_SECONDS }: WaitOptions,
): Promise<Value> {
  const known = Number(version || 0);
  const until = performance.now() + maxWaitSeconds * 1000;
  for (;;) {
    const updates = filtersOf(call).flatMap((filter) => updateOf(call, filter, known === 0) ?? []);
    if (updates.length > 0) {
      const filterSet = new List("PropertyFilterUpdate", updates);
      return new Structure("UpdateSet", { version: `${known + 1}`, filterSet });
    }
    if (performance.now() >= until || call.vcenter.jobs.closed) return undefined;
    await delay(LOOK_MS);
  }
}

const filtersOf = ({ objects, self }: SoapCall): PropertyFilter[] =>
  [...objects.filters.values()].filter(({ collector }) => collector === self.value);

function updateOf(call: SoapCall, filter: PropertyFilter, isFirst: boolean): Structure | undefined {
  const selected = collect(objectsOf(call), filter.spec);
  const now = selected.map((each) => element("object", changesOf(each, "enter"))).join("");
  if (!isFirst && filter.told === now) return undefined;
  const kind = filter.told === undefined || isFirst ? "enter" : "modify";
  filter.told = now;
  return new Structure("PropertyFilterUpdate", {
    filter: filter.reference,
    objectSet: new List(
      "ObjectUpdate",
      selected.map((each) => changesOf(each, kind)),
    ),
  });
}

const changesOf = ({ reference, properties }: Selected, kind: "enter" | "modify"): Structure =>
  new Structure("ObjectUpdate", {
    kind,
    obj: reference,
    changeSet: new List(
      "PropertyChange",
      [...properties].map(
        ([name, value]) => new Structure("PropertyChange", { name, op: "assign", val: new Any(value) }),
      ),
    ),
  });
