import { ConnectedCluster } from "../../provider/systems/element/api/cluster";
import type { Method } from "../../provider/systems/element/api/types";
import { describedMethods } from "../kit/described-methods";

/** The methods that a resource may call, by its description. */
export const methodsOf = (type: string): string[] => describedMethods(`element:${type}`);

/** Records the methods that are called through the product from now on, until it is asked for them. */
export function recordCalls(): () => Method[] {
  const spy = jest.spyOn(ConnectedCluster.prototype, "call");
  return () => {
    const called = new Set(spy.mock.calls.map(([method]) => method));
    spy.mockRestore();
    return [...called].sort();
  };
}
