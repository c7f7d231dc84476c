import { durationSeconds } from "../../../provider/core/duration";
import type { StateResource } from "../../engine/harness";
import { urnOf } from "../../kit/resource";
import { type Declaration, type Kind, nameOf, placeOf } from "./declaration";
import { type Allowance, type Ledger, NOTHING, STACK_NAMES, type Which } from "./ledger";
import { comingKey, ofKind, pairsMade, type Sight } from "./sight";
import { tokenOf } from "./stack";

/** A run takes some time, and a key may come of age meanwhile. */
const MARGIN_SECONDS = 600;

/** What an `up` may bring: one rekey and one key pair at most, and none that nobody asked for. */
export function ofUp(ledger: Ledger, which: Which, sight: Sight, target?: Kind): Allowance {
  const { declaration } = ledger.stacks[which];
  return {
    rekeys: target === undefined || target === "key" ? rekeysOfUp(ledger, which, sight) : 0,
    pairs: target === undefined || target === "pair" ? pairsOfUp(declaration, which, sight) : 0,
  };
}

/** A destroy brings back a key that is the stack's own. */
export function ofDestroy(ledger: Ledger, which: Which, sight: Sight): Allowance {
  const keys = ofKind(sight.resources[which], "key").filter(({ outputs }) => outputs.onDelete === "internal");
  const { keyProviderID } = comingKey(sight);
  return { ...NOTHING, rekeys: keys.length > 0 && isOwn(keyProviderID, ledger, which, sight) ? 1 : 0 };
}

/** Whether a changed trigger asks for a new key that the stack itself may make, and no run can have made it yet. */
export function isRotationDue(ledger: Ledger, which: Which, sight: Sight): boolean {
  const { declaration } = ledger.stacks[which];
  const key = inState(sight, which, "key", declaration);
  const isAsRecorded = key?.outputs.recordedKeyID === comingKey(sight).keyID;
  const isHeld = declaration.holder === holderIn(declaration, which, sight);
  return isHeld && isAsRecorded && triggersDiffer(declaration, which, sight);
}

function rekeysOfUp(ledger: Ledger, which: Which, sight: Sight): number {
  const { declaration } = ledger.stacks[which];
  const { keyProviderID } = comingKey(sight);
  if (declaration.holder === "undeclared") return ofDestroy(ledger, which, sight).rekeys;
  if (holderIn(declaration, which, sight) === declaration.holder) {
    return isOverAge(declaration, which, sight) || triggersDiffer(declaration, which, sight) ? 1 : 0;
  }
  const mayTake = keyProviderID === undefined || declaration.takeOver || isOwn(keyProviderID, ledger, which, sight);
  return mayTake ? 1 : 0;
}

/** Whose wish a key that is newer than the one on record carried out, the resource must know. */
function triggersDiffer(declaration: Declaration, which: Which, sight: Sight): boolean {
  const key = inState(sight, which, "key", declaration);
  if (key === undefined || declaration.trigger === undefined) return false;
  const satisfied = (key.outputs.rotationTriggers as { turn?: string } | undefined)?.turn;
  return satisfied !== String(declaration.trigger);
}

/** Whether the key is where a declaration wants it; `elsewhere` when another provider has it. */
function holderIn(declaration: Declaration, which: Which, sight: Sight): Declaration["holder"] | "elsewhere" {
  const { keyProviderID } = comingKey(sight);
  if (keyProviderID === undefined) return "internal";
  const own = ofKind(sight.resources[which], "provider").filter(({ urn }) => placeOf(urn) === declaration.at);
  return own.some(({ id }) => id === String(keyProviderID)) ? "external" : "elsewhere";
}

function isOverAge({ maxAge }: Declaration, which: Which, sight: Sight): boolean {
  const seconds = durationSeconds(maxAge);
  if (seconds === undefined) return false;
  const { keyID, keyCreatedTime } = comingKey(sight);
  const recorded = ofKind(sight.resources[which], "key").filter(({ outputs }) => outputs.recordedKeyID === keyID);
  const times = [keyCreatedTime, ...recorded.map(({ outputs }) => String(outputs.recordedTime))].map(Date.parse);
  return (sight.now - Math.max(...times)) / 1000 + MARGIN_SECONDS >= seconds;
}

/** By state, or by the mark of the stack. */
function isOwn(keyProviderID: number | undefined, ledger: Ledger, which: Which, sight: Sight): boolean {
  const provider = sight.cluster.keyProviders.find((each) => each.keyProviderID === keyProviderID);
  return (
    ofKind(sight.resources[which], "provider").some(({ id }) => id === String(keyProviderID)) ||
    (provider !== undefined && ledger.stacks[which].marks.has(provider.keyProviderName))
  );
}

/** In doubt whose wish a newer pair carried out, one more is made. */
function pairsOfUp({ regenerate }: Declaration, which: Which, sight: Sight): number {
  if (pairsMade(sight) === 0) return 1;
  const isDue = ({ outputs }: StateResource) => outputs.regenerate !== regenerate;
  return regenerate !== undefined && ofKind(sight.resources[which], "pair").some(isDue) ? 1 : 0;
}

/** The resource of a kind that is declared now. */
export const inState = (sight: Sight, which: Which, kind: Kind, declaration: Declaration): StateResource | undefined =>
  sight.resources[which].find(({ urn }) => urn === urnOf(tokenOf(kind), nameOf(kind, declaration), STACK_NAMES[which]));
