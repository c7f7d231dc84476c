import type { Policies, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";

/** What has a rule that reads an unknown value end in an error. The package keeps its type to itself. */
const { unknownCheckingProxy } = require("@pulumi/policy/proxy") as {
  unknownCheckingProxy(properties: object): Record<string, unknown>;
};

/** A resource as a policy sees it: after check, secrets in clear. */
export interface Subject {
  type: string;
  props: Record<string, unknown>;
  protect?: boolean;
  /** Configuration of the provider process. */
  provider?: Record<string, unknown>;
}

type Rule = Policies[number];

/** What a rule says of a stack, as the framework runs it, with its default configuration where none is given. */
export async function judge(rule: Rule, stack: Subject[], config: object = {}): Promise<string[]> {
  const said: string[] = [];
  const settings = { ...defaultsOf(rule), ...config };
  const report = (message: string) => void said.push(message);
  const shared = { getConfig: () => settings as never, stackTags: new Map(), notApplicable: notApplicable as never };
  const resources = stack.map(seen);
  if ("validateStack" in rule) await rule.validateStack({ ...shared, resources }, report);
  if (!("validateResource" in rule)) return said;
  for (const validate of [rule.validateResource].flat()) {
    for (const resource of resources) await ifApplicable(() => validate?.({ ...shared, ...resource }, report));
  }
  return said;
}

function seen(
  { type, props, protect = false, provider }: Subject,
  index: number,
): ResourceValidationArgs & PolicyResource {
  const urn = `urn:pulumi:dev::tests::${type}::${index}`;
  const isType = ({ __pulumiType }: { __pulumiType?: string }) => __pulumiType === type;
  const seenProvider = provider && {
    type: "pulumi:providers:pulumi-nodejs",
    props: unknownCheckingProxy(provider),
    urn: `urn:provider::${JSON.stringify(provider)}`,
    name: "provider",
  };
  return {
    type,
    urn,
    name: String(index),
    props: unknownCheckingProxy(props),
    opts: { protect },
    isType,
    provider: seenProvider,
  } as never;
}

const defaultsOf = ({ configSchema }: Rule): object =>
  Object.fromEntries(Object.entries(configSchema?.properties ?? {}).map(([name, schema]) => [name, schema.default]));

class NotApplicable extends Error {}

function notApplicable(): never {
  throw new NotApplicable();
}

async function ifApplicable(validate: () => unknown): Promise<void> {
  try {
    await validate();
  } catch (error) {
    if (!(error instanceof NotApplicable)) throw error;
  }
}
