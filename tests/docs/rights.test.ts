import { registry } from "../../provider/systems/registry";
import { apiOf, describedResources } from "../../tools/docs/apis";
import { calledMethods } from "./called-methods";

const called = calledMethods();
const described = new Map(describedResources());

test("every resource of the catalogue is looked at", () => {
  expect([...called.keys()]).toEqual(Object.keys(registry));
});

test.each([...called])("%s may call what its description says, and nothing else", (token, methods) => {
  const declared = described.get(token.replace(":", "."));
  const connecting = declared === undefined ? [] : apiOf(token.split(":")[0] ?? "").connecting;
  expect([...methods].sort()).toEqual([...new Set([...connecting, ...(declared ?? [])])].sort());
});
