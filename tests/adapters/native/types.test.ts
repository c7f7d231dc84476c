import { identityOf } from "../../../provider/adapters/pulumi/native/identities";
import { pluginTypeOf, tokenIn, typeOf } from "../../../provider/adapters/pulumi/resource-type";
import { nestings, type ResourceToken, registry } from "../../../provider/systems/registry";

const components = [...new Set(nestings.flat())];
// A fleet's own resource stands in a component of the same name.
const tokens = Object.keys(registry).filter((token) => !components.includes(token)) as ResourceToken[];

test.each(tokens)("%s is known by the types of both ways in", (token) => {
  expect([tokenIn(typeOf(token)), tokenIn(pluginTypeOf(token))]).toEqual([token, token]);
});

test.each(components)("%s is a component, and its type no resource's", (token) => {
  expect(tokenIn(pluginTypeOf(token))).toBeUndefined();
});

test("a resource has one identity, whoever serves it, and whatever is around it", () => {
  const urn = (types: string) => `urn:pulumi:dev::tests::${types}::main`;
  const around = "my:own:Component$ekm:element:ExternalKeyManagement$";
  expect(identityOf(urn(`${around}ekm:element:KeyProvider`))).toBe(urn(`${around}${typeOf("element:KeyProvider")}`));
  expect(identityOf(urn(typeOf("element:KeyProvider")))).toBe(urn(typeOf("element:KeyProvider")));
  expect(identityOf(urn("ekm:element:Fleet$ekm:element:Fleet"))).toBe(
    urn(`ekm:element:Fleet$${typeOf("element:Fleet")}`),
  );
  expect(identityOf(urn("ekm:element:KeyPair$ekm:element:KeyProvider"))).toBe(
    urn(`${typeOf("element:KeyPair")}$${typeOf("element:KeyProvider")}`),
  );
});
