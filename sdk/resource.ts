import * as pulumi from "@pulumi/pulumi";
import { unshown } from "../provider/adapters/pulumi/resource/engine-names";
import { STUB, stubOf } from "../provider/adapters/pulumi/resource/stub";
import { nameIn, pluginTypeOf, typeOf } from "../provider/adapters/pulumi/resource-type";
import type { ResourceToken } from "../provider/systems/registry";
import { given } from "./given";
import { refuseImport } from "./import-option";
import { assertKnown, type Names } from "./known-arguments";
import { isMove, isNativePluginUsed } from "./native-plugin";
import { assertLoadable } from "./program-dependency";
import { deadlinesOf, followingTransforms } from "./timeouts";

export { typeOf };

/** The names by which a class and its lifecycle know things. */
export interface Shape {
  token: ResourceToken;
  /** Arguments of the class. */
  arguments: Names<Readonly<Record<string, unknown>>>;
  /** Inputs and outputs of the lifecycle: a property exists only when it is named. */
  properties: readonly string[];
  /**
   * Inputs that the engine keeps as secrets. A PEM text is no secret, but the engine shows it line by line, changed or
   * not, unless it is one; a preview shows the certificates in words instead.
   */
  secrets?: readonly string[];
  secretOutputs?: readonly string[];
  /** Objects that are in use have no successor beside them: a forced replacement deletes first, and is refused. */
  deletesFirst?: true;
}

/** Inputs that a class takes from resources among its arguments. */
export interface Wired {
  inputs: Readonly<Record<string, unknown>>;
  /** What has to be there before. */
  after?: readonly unknown[];
}

/** A class's own way from its arguments to the inputs of its lifecycle. Refusals say whose arguments they are. */
export type Wire<Args = never> = (opts: pulumi.CustomResourceOptions, given: Args, owner: string) => Wired;

/** Tokens of what is declared while somebody counts. */
let counted: ResourceToken[] | undefined;

/** Runs `declare`, and counts the resources that it declares whose tokens begin with `prefix`. */
export function countDeclared<T>(prefix: string, declare: () => T): { result: T; count: number } {
  const outer = counted;
  const inner: ResourceToken[] = [];
  counted = inner;
  try {
    const result = declare();
    return { result, count: inner.filter((token) => token.startsWith(prefix)).length };
  } finally {
    counted = outer;
  }
}

/** Base of every resource of this package. */
export abstract class EkmResource extends pulumi.CustomResource {
  /**
   * @param wire what takes the place of `args` where some of them are resources
   * @internal
   */
  protected constructor(
    shape: Shape,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions,
    wire: Wire = (_opts, given) => ({ inputs: given }),
  ) {
    const { token } = shape;
    const isNative = isNativePluginUsed();
    assertLoadable();
    if (!isNative) refuseImport(token, name, opts.import);
    const owner = `${nameIn(token)} "${name}"`;
    assertKnown<Readonly<Record<string, unknown>>>(owner, { ...args }, shape.arguments);
    const type = isNative ? pluginTypeOf(token) : typeOf(token);
    counted?.push(token);
    const { inputs, after = [] } = wire(opts, given(args) as never, owner);
    super(
      type,
      name,
      {
        ...Object.fromEntries(shape.properties.map((property) => [property, undefined])),
        ...inputs,
        ...Object.fromEntries((shape.secrets ?? []).map((input) => [input, pulumi.secret(inputs[input])])),
        ...(isNative ? {} : toldToDynamicProvider(token, pulumi.createUrn(name, type, opts.parent), opts)),
      },
      isNative
        ? moving(completed(opts, shape, after), typeOf(token))
        : followingTransforms(moving(completed(opts, shape, after), pluginTypeOf(token))),
    );
  }
}

/** What the engine tells the plugin with each call, and a dynamic provider not at all. */
const toldToDynamicProvider = (
  token: ResourceToken,
  urn: pulumi.Output<string>,
  { customTimeouts }: pulumi.CustomResourceOptions,
) => ({
  [unshown("resourceUrn")]: withoutDependencies(urn),
  [unshown("isPreview")]: pulumi.runtime.isDryRun() || undefined,
  deadlines: deadlinesOf(customTimeouts),
  [STUB]: stubOf(token),
});

/** With the type under which state may have the resource, where the program has moved it. */
const moving = (opts: pulumi.CustomResourceOptions, type: string): pulumi.CustomResourceOptions =>
  isMove() ? pulumi.mergeOptions(opts, { aliases: [{ type }] }) : opts;

function completed(
  opts: pulumi.CustomResourceOptions,
  { secretOutputs = [], deletesFirst }: Shape,
  after: readonly unknown[],
): pulumi.CustomResourceOptions {
  const dependsOn = after.filter((resource): resource is pulumi.Resource => pulumi.Resource.isInstance(resource));
  return pulumi.mergeOptions(opts, {
    ...(secretOutputs.length === 0 ? {} : { additionalSecretOutputs: [...secretOutputs] }),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
    // The plugin says so of each replacement that it finds, and takes a forced one for none.
    ...(deletesFirst && !isNativePluginUsed() ? { deleteBeforeReplace: true } : {}),
  });
}

/**
 * A parent's URN depends on the parent, and a component stands for all its children: a child that waits for it would
 * wait for itself.
 */
const withoutDependencies = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply((value) => resolve(value as T));
  });
