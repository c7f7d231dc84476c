import { isDeepStrictEqual } from "node:util";
import { RunDeclarations } from "../../provider/adapters/process/declarations";
import type { Journalling } from "../../provider/adapters/process/journal/journalled";
import { lifecycleOf } from "../../provider/adapters/pulumi/resource/lifecycle-of";
import { assertKnownState } from "../../provider/adapters/pulumi/resource/newer-state";
import { logicalName, urns } from "../../provider/adapters/pulumi/urn";
import { PULUMI_WORDS } from "../../provider/adapters/pulumi/words";
import type { Clock } from "../../provider/core/clock";
import { isEkmError, withWayOut } from "../../provider/core/errors";
import { NO_HISTORY } from "../../provider/core/history";
import { NO_JOURNAL } from "../../provider/core/journal";
import type { Comparing, Looking } from "../../provider/core/lifecycle";
import { propertiesIn } from "../../provider/core/resource/description";
import { systemName } from "../../provider/core/system";
import { spoken } from "../../provider/core/words";
import { entryOf, systems } from "../../provider/systems/registry";
import type { Difference, ResourceReport } from "./model";
import type { Properties, RecordedResource } from "./state";

/**
 * Compares a resource with what its system has now, as `pulumi preview --refresh` does: its lifecycle reads it, and then
 * decides what an update to the recorded inputs would have to do.
 */
export async function compare(
  resource: RecordedResource,
  connection: Comparing["connection"],
  clock: Clock,
): Promise<ResourceReport> {
  const { urn, token, id, inputs, outputs, encrypted } = resource;
  const about = { urn, type: token, name: logicalName(urn), id, ...placeOf(resource) };
  const unread = (code: string, message: string): ResourceReport => ({
    ...about,
    ...{ verdict: "unread", differences: [], plan: [], failure: { code, message } },
  });
  if (encrypted.size > 0) {
    return unread(
      "EKM_STATE",
      `its ${[...encrypted].join(", ")} are encrypted in the state: give what "pulumi stack export --show-secrets" writes.`,
    );
  }
  const context = contextOf(urn, connection, clock);
  try {
    const lifecycle = lifecycleOf(token);
    assertKnownState(outputs, urn);
    const found = await lifecycle.read(id, outputs, context);
    if (found === undefined) return { ...about, verdict: "missing", differences: [], plan: [] };
    const observed = { inputs: asStored(found.inputs), outputs: asStored(found.outputs) };
    const { differing, lines } = await lifecycle.diff(id, observed.outputs, inputs, context);
    if (differing.length === 0) return { ...about, verdict: "same", differences: [], plan: [] };
    const differences = differencesOf(resource, { ...observed.outputs, ...observed.inputs });
    const plan = lines.map(({ text }) => spoken(text, PULUMI_WORDS));
    return { ...about, verdict: differences.length > 0 ? "changed" : "due", differences, plan };
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return unread(error.code, withWayOut(error, PULUMI_WORDS));
  }
}

/** The name of the connection by the noun of its system; nothing of what is on none. */
const placeOf = ({ outputs }: RecordedResource): Pick<ResourceReport, "cluster"> =>
  Object.fromEntries(
    systems.flatMap((system) => {
      const name = systemName(system, outputs);
      return typeof name === "string" ? [[system.noun, name]] : [];
    }),
  );

/** The engine keeps no member that is `undefined`. */
const asStored = (properties: Properties): Properties => JSON.parse(JSON.stringify(properties));

function differencesOf({ token, inputs, outputs, secrets }: RecordedResource, present: Properties): Difference[] {
  const description = entryOf(token)?.description;
  const described = description === undefined ? {} : propertiesIn(description);
  const before: Properties = { ...outputs, ...inputs };
  return [...new Set([...Object.keys(before), ...Object.keys(present)])]
    .filter((name) => !described[name]?.incidental && !described[name]?.hidden)
    .filter((name) => !isDeepStrictEqual(before[name], present[name]))
    .map((property) =>
      secrets.has(property)
        ? { property, secret: true }
        : { property, recorded: before[property], observed: present[property] },
    );
}

/** What a lifecycle may touch that only reads and compares. */
const contextOf = (urn: string, connection: Comparing["connection"], clock: Clock): Journalling<Looking> => ({
  self: urns.selfOf(urn),
  inWords: urns.inWords,
  connection,
  clock,
  declarations: new RunDeclarations(),
  fleet: { expect() {} },
  journal: NO_JOURNAL,
  history: NO_HISTORY,
  leftovers: () => [],
  isSecret: () => false,
});
