import { Operation, type OperationName } from "../enums";
import { discoverVersions, query } from "./about";
import { addAttribute, getAttributeList, getAttributes } from "./attributes";
import { create } from "./create";
import { get } from "./get";
import { locate } from "./locate";
import type { OperationHandler } from "./operation";
import { activate, destroy, revoke } from "./transitions";

const HANDLERS = {
  DiscoverVersions: discoverVersions,
  Query: query,
  Create: create,
  Locate: locate,
  Get: get,
  GetAttributes: getAttributes,
  GetAttributeList: getAttributeList,
  AddAttribute: addAttribute,
  Activate: activate,
  Revoke: revoke,
  Destroy: destroy,
} as const satisfies Partial<Record<OperationName, OperationHandler>>;

/** An operation that there is here, by its name in the standard. */
export type OfferedOperation = keyof typeof HANDLERS;
const EVERYTHING = Object.keys(HANDLERS) as OfferedOperation[];

/** What a server offers: everything that there is here, no more than a client for keys cannot do without, or all but Query. */
export const OPERATION_SETS = ["full", "minimal", "withoutQuery"] as const;
export type OperationSet = (typeof OPERATION_SETS)[number];

/** KMIP 1.4 leaves each of them to the server. */
const MISSING: Record<OperationSet, readonly OfferedOperation[]> = {
  full: [],
  minimal: ["GetAttributes", "GetAttributeList", "AddAttribute"],
  withoutQuery: ["Query"],
};

/** By their codes. */
export type Operations = ReadonlyMap<number, OperationHandler>;

/** @param offered a set by its name, or operations by theirs */
export function operationsOf(offered: OperationSet | readonly OfferedOperation[]): Operations {
  const names = typeof offered === "string" ? EVERYTHING.filter((name) => !MISSING[offered].includes(name)) : offered;
  return new Map(names.map((name) => [Operation[name], HANDLERS[name]]));
}
