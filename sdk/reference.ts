import * as pulumi from "@pulumi/pulumi";
import { nameIn, tokenIn } from "../provider/adapters/pulumi/resource-type";
import type { ShownOf } from "../provider/core/resource/description";
import type { ResourceToken, registry } from "../provider/systems/registry";

type Shown<Token extends ResourceToken> = ShownOf<(typeof registry)[Token]["description"]>;

/** A resource of this package, for whoever takes one as an argument and is itself imported by its class. */
export type ResourceOf<Token extends ResourceToken> = pulumi.CustomResource & {
  readonly [Name in keyof Shown<Token>]-?: pulumi.Output<Shown<Token>[Name]>;
};

/** Like `instanceof` the class of a token, but true across two copies of the class as well. */
export const isResourceOf = <Token extends ResourceToken>(token: Token, value: unknown): value is ResourceOf<Token> =>
  pulumi.Resource.isInstance(value) && tokenIn(Object(value).__pulumiType) === token;

/** The resource that an argument is given as; `undefined` where it is the id of one. */
export function resourceIn<Token extends ResourceToken>(
  token: Token,
  argument: string,
  value: ResourceOf<Token> | pulumi.Input<string>,
  owner: string,
): ResourceOf<Token> | undefined {
  if (isResourceOf(token, value)) return value;
  if (!pulumi.Resource.isInstance(value)) return undefined;
  throw new pulumi.RunError(
    `${owner}: "${argument}" takes an ${nameIn(token)} or the id of one, and no other resource`,
  );
}
