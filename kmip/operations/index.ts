import { Operation } from "../enums";
import { discoverVersions, query } from "./about";
import { getAttributeList, getAttributes } from "./attributes";
import { create } from "./create";
import { get } from "./get";
import { locate } from "./locate";
import type { OperationHandler } from "./operation";
import { activate, destroy, revoke } from "./transitions";

/** What a server offers: everything that there is here, no more than a client for keys cannot do without, or all but Query. */
export const OPERATION_SETS = ["full", "minimal", "withoutQuery"] as const;
export type OperationSet = (typeof OPERATION_SETS)[number];

/** By their codes. */
export type Operations = ReadonlyMap<number, OperationHandler>;

const everything = new Map<number, OperationHandler>([
  [Operation.DiscoverVersions, discoverVersions],
  [Operation.Query, query],
  [Operation.Create, create],
  [Operation.Locate, locate],
  [Operation.Get, get],
  [Operation.GetAttributes, getAttributes],
  [Operation.GetAttributeList, getAttributeList],
  [Operation.Activate, activate],
  [Operation.Revoke, revoke],
  [Operation.Destroy, destroy],
]);

/** KMIP 1.4 leaves each of them to the server. */
const MISSING: Record<OperationSet, readonly number[]> = {
  full: [],
  minimal: [Operation.GetAttributes, Operation.GetAttributeList],
  withoutQuery: [Operation.Query],
};

export const operationsOf = (set: OperationSet): Operations =>
  new Map([...everything].filter(([code]) => !MISSING[set].includes(code)));
