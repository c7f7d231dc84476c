import { randomUUID } from "node:crypto";
import { invalidArgumentFault, noSuchObject } from "../soap/faults";
import { method, type SoapCall } from "../soap/method";
import { integer, optional, repeated, required, structure, text, truth } from "../soap/parameters";
import { List, Structure, type Value } from "../soap/values";
import { collect, contentOf, objectOf, propertyOf } from "./collection";
import { objectsOf } from "./objects";
import { type FilterSpec, filterSpec } from "./selection";
import { updatesFor, type WaitOptions } from "./updates";

const on = ["PropertyCollector"];
const specSet = repeated(filterSpec);
const waitOptions = structure<WaitOptions>({ maxWaitSeconds: optional(integer), maxObjectUpdates: optional(integer) });

export const propertyCollectorMethods = {
  RetrieveProperties: method<{ specSet: FilterSpec[] }>({
    on,
    params: { specSet },
    handle: (call, { specSet: wanted }) => new List("ObjectContent", retrieved(call, wanted)),
  }),

  RetrievePropertiesEx: method<{ specSet: FilterSpec[]; options?: { maxObjects?: number } }>({
    on,
    params: { specSet, options: optional(structure<{ maxObjects?: number }>({ maxObjects: optional(integer) })) },
    handle: (call, { specSet: wanted, options = {} }) => {
      const { maxObjects = Number.POSITIVE_INFINITY } = options;
      return page(call, retrieved(call, wanted), maxObjects > 0 ? maxObjects : Number.POSITIVE_INFINITY);
    },
  }),

  ContinueRetrievePropertiesEx: method<{ token: string }>({
    on,
    params: { token: required(text) },
    handle: (call, { token }) => page(call, takePages(call, token), Number.POSITIVE_INFINITY),
  }),

  CancelRetrievePropertiesEx: method<{ token: string }>({
    on,
    params: { token: required(text) },
    handle: (call, { token }) => void takePages(call, token),
  }),

  /** Undocumented, and what VMware's own Python binding reads properties by. */
  Fetch: method<{ prop: string }>({
    on: ["*"],
    anonymous: true,
    params: { prop: required(text) },
    handle: (call, { prop }) => propertyOf(objectOf(objectsOf(call), call.self), prop),
  }),

  CreatePropertyCollector: method<object>({
    on,
    params: {},
    handle: ({ objects }) => objects.newReference("PropertyCollector", "propertyCollector"),
  }),

  DestroyPropertyCollector: method<object>({
    on,
    params: {},
    async handle({ objects, self }) {
      for (const [id, { collector }] of objects.filters) if (collector === self.value) objects.filters.delete(id);
    },
  }),

  CreateFilter: method<{ spec: FilterSpec; partialUpdates: boolean }>({
    on,
    params: { spec: required(filterSpec), partialUpdates: required(truth) },
    handle(call, { spec }) {
      const { objects, self } = call;
      collect(objectsOf(call), spec);
      const reference = objects.newReference("PropertyFilter", "propertyFilter");
      objects.filters.set(reference.value, { reference, collector: self.value, spec });
      return reference;
    },
  }),

  DestroyPropertyFilter: method<object>({
    on: ["PropertyFilter"],
    params: {},
    async handle({ objects, self }) {
      if (!objects.filters.delete(self.value)) throw noSuchObject(self);
    },
  }),

  WaitForUpdates: method<{ version?: string }>({
    on,
    params: { version: optional(text) },
    handle: (call, { version }) => updatesFor(call, version, {}),
  }),

  WaitForUpdatesEx: method<{ version?: string; options?: WaitOptions }>({
    on,
    params: { version: optional(text), options: optional(waitOptions) },
    handle: (call, { version, options = {} }) => updatesFor(call, version, options),
  }),

  CancelWaitForUpdates: method<object>({ on, params: {}, handle: () => undefined }),
};

function retrieved(call: SoapCall, wanted: FilterSpec[]): Structure[] {
  const objects = objectsOf(call);
  return wanted.flatMap((spec) => collect(objects, spec)).map(contentOf);
}

/** The first objects, and a token for the rest. */
function page({ objects }: SoapCall, all: Structure[], most: number): Value {
  if (all.length === 0) return undefined;
  const rest = all.slice(most);
  const token = rest.length > 0 ? randomUUID() : undefined;
  if (token !== undefined) objects.pages.set(token, rest);
  return new Structure("RetrieveResult", { token, objects: new List("ObjectContent", all.slice(0, most)) });
}

function takePages({ objects }: SoapCall, token: string): Structure[] {
  const rest = objects.pages.get(token);
  if (rest === undefined) throw invalidArgumentFault("token");
  objects.pages.delete(token);
  return rest;
}
