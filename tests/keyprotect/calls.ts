import { ConnectedInstance } from "../../provider/systems/keyprotect/api/instance";
import type { Operation } from "../../provider/systems/keyprotect/api/types";

/** Records the operations that are called through the product from now on, until it is asked for them. */
export function recordCalls(): () => Operation[] {
  const spy = jest.spyOn(ConnectedInstance.prototype, "call");
  return () => {
    const called = new Set(spy.mock.calls.map(([operation]) => operation));
    spy.mockRestore();
    return [...called].sort();
  };
}
