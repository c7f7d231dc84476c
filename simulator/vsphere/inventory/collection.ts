import { noSuchObject, SoapFault } from "../soap/faults";
import { Any, List, type ManagedObjectReference, Structure, type Value } from "../soap/values";
import { isKindOf, type ManagedObject, referencesIn } from "./objects";
import type { FilterSpec, PropertySpec, Selection } from "./selection";

type Objects = ReadonlyMap<string, ManagedObject>;

/** The properties of an object that a filter selects, by their paths. */
export interface Selected {
  reference: ManagedObjectReference;
  properties: Map<string, Value>;
}

/** Everything that a filter selects, in the order in which its traversals come to it. */
export function collect(objects: Objects, { propSet, objectSet }: FilterSpec): Selected[] {
  const selected = new Map<string, Selected>();
  for (const { obj, skip, selectSet } of objectSet) {
    const named = new Map<string, Selection>();
    collectNames(selectSet, named);
    const seen = new Set<string>();
    const visit = (reference: ManagedObjectReference, selections: Selection[], isSkipped: boolean) => {
      const object = objectOf(objects, reference);
      if (!isSkipped) select(object, propSet, selected);
      for (const selection of selections) {
        const step = selection.path === undefined ? named.get(selection.name ?? "") : selection;
        if (step === undefined) throw invalidProperty(selection.name ?? "");
        const mark = `${reference.value} ${step.name ?? ""} ${step.path}`;
        if (step.path === undefined || !isKindOf(reference.type, step.type ?? "") || seen.has(mark)) continue;
        seen.add(mark);
        for (const next of referencesIn(propertyOf(object, step.path))) visit(next, step.selectSet, step.skip === true);
      }
    };
    visit(obj, selectSet, skip === true);
  }
  return [...selected.values()];
}

function collectNames(selections: Selection[], named: Map<string, Selection>): void {
  for (const selection of selections) {
    if (selection.path === undefined) continue;
    if (selection.name !== undefined) named.set(selection.name, selection);
    collectNames(selection.selectSet, named);
  }
}

/** @throws SoapFault when there is no such object */
export function objectOf(objects: Objects, reference: ManagedObjectReference): ManagedObject {
  const object = objects.get(reference.value);
  if (object !== undefined && object.reference.type === reference.type) return object;
  throw noSuchObject(reference);
}

function select(object: ManagedObject, propSet: PropertySpec[], selected: Map<string, Selected>): void {
  const { reference } = object;
  for (const { type, all, pathSet } of propSet) {
    if (!isKindOf(reference.type, type)) continue;
    const entry = selected.get(reference.value) ?? { reference, properties: new Map<string, Value>() };
    selected.set(reference.value, entry);
    for (const path of all ? Object.keys(object.properties) : pathSet) {
      const value = propertyOf(object, path);
      if (value !== undefined) entry.properties.set(path, value);
    }
  }
}

/** @throws SoapFault when objects of this type have no such property */
export function propertyOf({ properties }: ManagedObject, path: string): Value {
  let inner: Readonly<Record<string, Value>> = properties;
  let value: Value;
  for (const name of path.split(".")) {
    if (!Object.hasOwn(inner, name)) throw invalidProperty(path);
    value = inner[name];
    const told = value instanceof Any ? value.told : value;
    if (told === undefined) return undefined;
    inner = told instanceof Structure ? told.members : {};
  }
  return value instanceof Any ? value.told : value;
}

const invalidProperty = (name: string): SoapFault =>
  new SoapFault("InvalidProperty", `The property ${name} is not valid.`, { name });

export const contentOf = ({ reference, properties }: Selected): Structure =>
  new Structure("ObjectContent", {
    obj: reference,
    propSet: new List(
      "DynamicProperty",
      [...properties].map(([name, value]) => new Structure("DynamicProperty", { name, val: new Any(value) })),
    ),
  });
