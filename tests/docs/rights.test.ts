import { registry } from "../../provider/systems/registry";
import { apiOf, describedResources } from "../../tools/docs/apis";
import { calledMethods } from "./called-methods";

const called = calledMethods();
const described = new Map(describedResources());

test("every resource of the catalogue is looked at", () => {
  expect([...called.keys()]).toEqual(Object.keys(registry));
});

/** One lifecycle serves providers of two APIs: what each calls is seen when it runs, in the tests of the system. */
const OF_TWO_APIS = "vsphere:";

test.each([...called].filter(([token]) => !token.startsWith(OF_TWO_APIS)))(
  "%s may call what its description says, and nothing else",
  (token, methods) => {
    const declared = described.get(token.replace(":", "."));
    const connecting = declared === undefined ? [] : apiOf(token.split(":")[0] ?? "").connecting;
    expect([...methods].sort()).toEqual([...new Set([...connecting, ...(declared ?? [])])].sort());
  },
);
