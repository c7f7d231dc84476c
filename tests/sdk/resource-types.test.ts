import { typeOf } from "../../provider/adapters/pulumi/resource-type";
import type { Description } from "../../provider/core/resource/description";
import { type ResourceToken, registry } from "../../provider/systems/registry";
import * as sdk from "../../sdk";
import { EkmResource } from "../../sdk/resource";
import { specimens } from "../kit/specimens";
import { declaredBy } from "./mocked-program";

type ResourceClass = (new (name: string, args: object) => EkmResource) & { __pulumiType: string };

const isResourceClass = (member: object): member is ResourceClass =>
  typeof member === "function" && member.prototype instanceof EkmResource;

const classes = Object.entries<Record<string, object>>({ ...sdk } as never).flatMap(([module, members]) =>
  Object.entries(members).flatMap(([name, member]) =>
    isResourceClass(member) ? [[`${module}:${name}` as ResourceToken, member] as const] : [],
  ),
);

test.each(classes)("%s declares resources of the type by which a policy asks for them", async (token, Resource) => {
  expect(Resource.__pulumiType).toBe(typeOf(token));
  const declared = await declaredBy(() => new Resource("main", specimens[token].declared ?? {}));
  expect(declared.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack", typeOf(token)]);
});

/** What every state ever written holds, and will be asked for by every release to come. */
const stubOf = (token: string) => `exports.handler = () => require("pulumi-ekm/provider").dynamic("${token}");`;

test.each(classes)("%s puts a constant stub into state", async (token, Resource) => {
  const declared = await declaredBy(() => new Resource("main", specimens[token].declared ?? {}));
  expect(declared.at(-1)?.inputs.__provider).toBe(stubOf(token));
});

test("every resource of the catalogue has a class, or is inside of a component", () => {
  const entries: [string, { description: Description }][] = Object.entries(registry);
  const own = entries.filter(([, { description }]) => !description.inComponent).map(([token]) => token);
  expect(classes.map(([token]) => token).sort()).toEqual(own.sort());
});
