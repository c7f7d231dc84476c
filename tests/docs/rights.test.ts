import { registry } from "../../provider/systems/registry";
import { CONNECTING, describedResources } from "../../tools/docs/described-methods";
import { calledMethods } from "./called-methods";

const called = calledMethods();
const described = new Map(describedResources());

test("every resource of the catalogue is looked at", () => {
  expect([...called.keys()]).toEqual(Object.keys(registry));
});

test.each([...called])("%s may call what its description says, and nothing else", (token, methods) => {
  const declared = described.get(token.replace(":", "."));
  expect([...methods].sort()).toEqual(declared === undefined ? [] : [...new Set([...CONNECTING, ...declared])].sort());
});
