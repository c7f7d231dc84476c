import type { CallName } from "../../provider/systems/vsphere/api/types";
import { ConnectedVcenter } from "../../provider/systems/vsphere/api/vcenter";

/** Records what is called through the product from now on, until it is asked for that. */
export function recordCalls(): () => CallName[] {
  const spy = jest.spyOn(ConnectedVcenter.prototype, "call");
  return () => {
    const called = new Set(spy.mock.calls.map(([name]) => name));
    spy.mockRestore();
    return [...called].sort();
  };
}
