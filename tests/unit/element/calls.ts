import { ConnectedCluster } from "../../../provider/systems/element/api/cluster";
import type { Method } from "../../../provider/systems/element/api/types";
import { CONNECTING } from "../../../tools/docs/coverage";
import { declaredMethods } from "../../../tools/docs/declared-methods";

const declared = declaredMethods();

/** The methods that a resource or look-up may call, by its doc comment. */
export const methodsOf = (name: string): Method[] => [...CONNECTING, ...(declared.get(`element.${name}`) ?? [])];

/** Records the methods that are called through the product from now on, until it is asked for them. */
export function recordCalls(): () => Method[] {
  const spy = jest.spyOn(ConnectedCluster.prototype, "call");
  return () => {
    const called = new Set(spy.mock.calls.map(([method]) => method));
    spy.mockRestore();
    return [...called].sort();
  };
}
