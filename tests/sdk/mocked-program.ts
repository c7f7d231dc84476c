import * as pulumi from "@pulumi/pulumi";

/** What the engine is told of a resource, secrets in clear. */
export type Declared = pulumi.runtime.MockResourceArgs;

/**
 * Runs a program without an engine, and gives what it declares.
 *
 * @param outputsOf what a resource has besides its inputs
 */
export async function declaredBy(
  program: () => unknown,
  outputsOf: (resource: Declared) => object = () => ({}),
): Promise<Declared[]> {
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks({
    newResource(args) {
      declared.push({ ...args, inputs: revealed(args.inputs) });
      return { id: `${args.name}-id`, state: { ...args.inputs, ...outputsOf(args) } };
    },
    call: () => ({}),
  });
  await pulumi.runtime.runInPulumiStack(async () => {
    await program();
    return {};
  });
  // What a component says at its end is still on its way.
  await pulumi.runtime.disconnect();
  return declared;
}

/** Properties without the wrapping of secrets. */
const revealed = (inputs: Declared["inputs"]): Declared["inputs"] =>
  Object.fromEntries(
    Object.entries<{ value?: unknown } | undefined>(inputs).map(([name, value]) => [name, value?.value ?? value]),
  );
