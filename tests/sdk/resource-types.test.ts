import { typeOf } from "../../provider/adapters/pulumi/resource-type";
import { type ResourceToken, registry } from "../../provider/systems/registry";
import { element, pki } from "../../sdk";
import { EkmResource } from "../../sdk/resource";
import { specimens } from "../kit/specimens";
import { declaredBy } from "./mocked-program";

/** A fleet is a component: the resource of its token is inside of it. */
const INSIDE = "element:Fleet";

type ResourceClass = (new (name: string, args: object) => EkmResource) & { __pulumiType: string };

const isResourceClass = (member: object): member is ResourceClass =>
  typeof member === "function" && member.prototype instanceof EkmResource;

const classes = Object.entries({ element, pki }).flatMap(([module, members]) =>
  Object.entries<object>(members).flatMap(([name, member]) =>
    isResourceClass(member) ? [[`${module}:${name}` as ResourceToken, member] as const] : [],
  ),
);

test.each(classes)("%s declares resources of the type by which a policy asks for them", async (token, Resource) => {
  expect(Resource.__pulumiType).toBe(typeOf(token));
  const declared = await declaredBy(() => new Resource("main", specimens[token].declared ?? {}));
  expect(declared.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack", typeOf(token)]);
});

test("every resource of the catalogue has a class", () => {
  expect([...classes.map(([token]) => token), INSIDE].sort()).toEqual(Object.keys(registry).sort());
});
