import * as pulumi from "@pulumi/pulumi";
import type { ExpectedInput, HiddenInputs } from "../provider/lifecycle";
import type { ResourceToken } from "../provider/registry";
import { type ResourceType, tokenOf, typeOf } from "../provider/resource-type";
import { engineName } from "../provider/unshown-inputs";
import { refuseImport } from "./import-option";
import { assertLoadable } from "./program-dependency";
import { deadlinesOf, followingTransforms } from "./timeouts";

export { typeOf };

/** An argument for each input of a lifecycle, but for those that the class adds itself or that check works out. */
export type Props<Inputs extends HiddenInputs, WorkedOut extends keyof Inputs = never> = {
  [Name in Exclude<keyof Inputs, keyof HiddenInputs | ExpectedInput | "autoName" | WorkedOut>]:
    | pulumi.Input<unknown>
    | undefined;
};

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

/** A class of resources, by whose type policies ask for them. */
interface ResourceClass {
  readonly __pulumiType: ResourceType;
}

/** Base of every resource of this package. */
export abstract class EkmResource extends pulumi.CustomResource {
  /**
   * @param resource the class itself, which cannot leave its type out
   * @param outputs names of the outputs that are no inputs: a property exists only when it is named
   * @internal
   */
  protected constructor(
    resource: ResourceClass,
    name: string,
    props: Record<string, unknown>,
    outputs: readonly string[],
    opts: pulumi.CustomResourceOptions,
  ) {
    assertLoadable();
    const { __pulumiType: type } = resource;
    const token = tokenOf(type);
    refuseImport(token, name, opts.import);
    counted?.push(token);
    super(
      type,
      name,
      {
        ...Object.fromEntries(outputs.map((output) => [output, undefined])),
        ...props,
        [engineName("resourceUrn")]: withoutDependencies(pulumi.createUrn(name, type, opts.parent)),
        [engineName("isPreview")]: pulumi.runtime.isDryRun() || undefined,
        deadlines: deadlinesOf(opts.customTimeouts),
        __provider: stub(token),
      },
      followingTransforms(opts),
    );
  }
}

/**
 * A parent's URN depends on the parent, and a component stands for all its children: a child that waits for it would
 * wait for itself.
 */
const withoutDependencies = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply((value) => resolve(value as T));
  });

/**
 * The program text that a dynamic resource keeps in state: a constant, so that nothing is captured, an upgrade shows no
 * difference, and a destroy runs the installed package.
 */
const stub = (token: ResourceToken): string =>
  `exports.handler = () => require("pulumi-ekm/provider").dynamic("${token}");`;

/** Element objects that are in use cannot have a successor beside them: a forced replacement deletes first, and is refused. */
export const deleteFirst = (opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions => ({
  ...opts,
  deleteBeforeReplace: true,
});

/**
 * A PEM text as an input. It is no secret, but the engine shows it line by line, changed or not, unless it is one; a
 * preview shows the certificates in words instead.
 */
export const pemInput = (pem: pulumi.Input<string>): pulumi.Output<string> => pulumi.secret(pem);

/** `opts` with one more dependency. */
export function dependingOn(opts: pulumi.CustomResourceOptions, ...resources: unknown[]): pulumi.CustomResourceOptions {
  const dependsOn = resources.filter((resource): resource is pulumi.Resource => pulumi.Resource.isInstance(resource));
  return pulumi.mergeOptions(opts, { dependsOn });
}
