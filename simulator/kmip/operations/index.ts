import { Operation } from "../enums";
import { discoverVersions, queryOf } from "./about";
import { getAttributeList, getAttributes } from "./attributes";
import { create } from "./create";
import { get } from "./get";
import { locate } from "./locate";
import type { OperationHandler } from "./operation";
import { activate, destroy, revoke } from "./transitions";

/** Every operation of the server, by its code. */
export const operations: ReadonlyMap<number, OperationHandler> = new Map<number, OperationHandler>([
  [Operation.DiscoverVersions, discoverVersions],
  [Operation.Query, queryOf(() => operations.keys())],
  [Operation.Create, create],
  [Operation.Locate, locate],
  [Operation.Get, get],
  [Operation.GetAttributes, getAttributes],
  [Operation.GetAttributeList, getAttributeList],
  [Operation.Activate, activate],
  [Operation.Revoke, revoke],
  [Operation.Destroy, destroy],
]);
