import type { Description } from "../../provider/core/resource/description";
import { METHODS } from "../../provider/systems/element/api/methods";
import type { Method } from "../../provider/systems/element/api/types";
import { registry } from "../../provider/systems/registry";

/** What every resource and every look-up calls when it connects. */
export const CONNECTING: readonly Method[] = ["GetAPI", "GetClusterInfo"];

/** The methods that a resource calls beside these, by its description. */
export const describedMethods = ({ token, calls = [] }: Description): readonly Method[] =>
  calls.flatMap(({ methods }) => methods).map((name) => methodOf(name, token));

/** @param whose of which it is said that it calls the method */
export function methodOf(name: string, whose: string): Method {
  if (!Object.hasOwn(METHODS, name)) throw new Error(`${whose}: the API has no method ${name}`);
  return name as Method;
}

/** The resources that call a cluster, by their names in programs. */
export const describedResources = (): [name: string, methods: readonly Method[]][] =>
  Object.values<{ description: Description }>(registry)
    .filter(({ description }) => description.calls !== undefined)
    .map(({ description }) => [description.token.replace(":", "."), describedMethods(description)]);
