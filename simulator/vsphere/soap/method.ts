import type { OutgoingHttpHeaders } from "node:http";
import type { ManagedObjects } from "../inventory/registry";
import type { VCenter } from "../vcenter/machine";
import type { Session } from "../vcenter/sessions";
import type { Schema } from "./parameters";
import type { ManagedObjectReference, Value } from "./values";

/** A call of somebody, with what it may touch. */
export interface SoapCall {
  vcenter: VCenter;
  objects: ManagedObjects;
  /** The managed object whose method is called. */
  self: ManagedObjectReference;
  /** Absent where nobody is logged in, which few methods allow. */
  session?: Session;
  /** Go out with the answer. */
  headers: OutgoingHttpHeaders;
}

export interface SoapMethodDefinition<P> {
  /** The types of managed objects that have it. */
  on: readonly string[];
  /** Whether anybody may call it. Default false. */
  anonymous?: boolean;
  params: Schema<P>;
  /** Gives what is returned, a list as repeated elements. */
  handle(call: SoapCall, params: P): Value | Promise<Value> | Promise<void>;
}

/** Lets each method of a group have parameters of its own. */
export const method = <P>(definition: SoapMethodDefinition<P>): SoapMethodDefinition<P> => definition;
