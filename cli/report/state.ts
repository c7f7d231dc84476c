import { fromEngine } from "../../provider/adapters/pulumi/resource/unshown-inputs";
import { tokenIn } from "../../provider/adapters/pulumi/resource-type";
import { SECRET, SIGNATURE } from "../../provider/adapters/pulumi/special-values";
import { ExplainedError } from "../../provider/core/errors";
import { readTextFile } from "../text-file";

/** A file holds no state of a stack. */
export class StateError extends ExplainedError {
  readonly code = "EKM_STATE";
}

/** A stack's state, as far as it is about this package. */
export interface State {
  project: string;
  stack: string;
  /** When it was last written. */
  recorded?: string;
  /** The provider instances that made resources of this package. */
  instances: ProviderInstance[];
}

/** The resources of one provider process, and the configuration that it has. */
export interface ProviderInstance {
  config: Properties;
  /** Names in it of what holds a secret that is still encrypted, and so is missing. */
  encrypted: ReadonlySet<string>;
  resources: RecordedResource[];
}

export interface RecordedResource {
  urn: string;
  /** In the registry, or in that of a newer release. */
  token: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Properties of either that hold a secret. */
  secrets: ReadonlySet<string>;
  /** Properties whose secrets are still encrypted. */
  encrypted: ReadonlySet<string>;
}

export type Properties = Record<string, unknown>;

/** The name under which `--state` takes standard input. */
const STANDARD_INPUT = "-";

/**
 * Reads what `pulumi stack export` wrote.
 *
 * @throws StateError
 */
export function readState(file: string): State {
  try {
    return parseState(textOf(file));
  } catch (error) {
    if (!(error instanceof NotAState)) throw error;
    throw new StateError({
      attempt: `reading the state in ${file === STANDARD_INPUT ? "standard input" : file}`,
      reason: error.message,
      wayOut: 'give what "pulumi stack export --show-secrets" writes; with "--state -" it comes from standard input',
    });
  }
}

class NotAState extends Error {}

function textOf(file: string): string {
  try {
    return readTextFile(file === STANDARD_INPUT ? 0 : file);
  } catch (error) {
    throw new NotAState((error as Error).message);
  }
}

interface StoredResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Properties;
  outputs?: Properties;
  provider?: string;
  /** Waits for its deletion: its successor is in state already. */
  delete?: boolean;
  /** Read, not made. */
  external?: boolean;
}

function parseState(text: string): State {
  const { deployment } = (parseJson(text) ?? {}) as {
    deployment?: { manifest?: { time?: string }; resources?: unknown };
  };
  if (deployment === undefined) throw new NotAState("it has no deployment");
  const resources = (deployment.resources ?? []) as StoredResource[];
  if (
    !Array.isArray(resources) ||
    !resources.every(({ urn, type }) => typeof urn === "string" && typeof type === "string")
  ) {
    throw new NotAState("its resources are no list of resources");
  }
  return {
    ...namesIn(resources[0]?.urn ?? ""),
    recorded: deployment.manifest?.time,
    instances: instancesIn(resources),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message may quote the text, and with it a secret.
    throw new NotAState("it is no JSON");
  }
}

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME` */
function namesIn(urn: string): { stack: string; project: string } {
  const [head = "", project = ""] = urn.split("::");
  return { stack: head.split(":")[2] ?? "", project };
}

function instancesIn(resources: StoredResource[]): ProviderInstance[] {
  const own = resources.flatMap((resource) => {
    const recorded = recordedResource(resource);
    return recorded === undefined ? [] : [{ recorded, provider: resource.provider }];
  });
  const references = [...new Set(own.map(({ provider }) => provider))];
  return references.map((reference) => {
    const stored = resources.find(({ urn, id }) => `${urn}::${id}` === reference);
    const { values: config, encrypted } = revealed(stored?.inputs ?? {});
    const made = own.filter(({ provider }) => provider === reference).map(({ recorded }) => recorded);
    return { config, encrypted, resources: made };
  });
}

function recordedResource({ urn, type, id = "", ...stored }: StoredResource): RecordedResource | undefined {
  const token = tokenIn(type);
  if (token === undefined || stored.delete || stored.external) return undefined;
  const [inputs, outputs] = [stored.inputs, stored.outputs].map((properties) => revealed(fromEngine(properties ?? {})));
  if (inputs === undefined || outputs === undefined) return undefined;
  return {
    ...{ urn, token, id, inputs: inputs.values, outputs: outputs.values },
    secrets: new Set([...inputs.secrets, ...outputs.secrets]),
    encrypted: new Set([...inputs.encrypted, ...outputs.encrypted]),
  };
}

/** Properties with their secrets in clear, as far as they are. */
function revealed(properties: Properties) {
  const [secrets, encrypted] = [new Set<string>(), new Set<string>()];
  const reveal = (name: string, value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((element) => reveal(name, element));
    const members = value as Properties;
    if (members[SIGNATURE] !== SECRET) {
      return Object.fromEntries(Object.entries(members).map(([key, member]) => [key, reveal(name, member)]));
    }
    secrets.add(name);
    if (typeof members.plaintext === "string") return parseJson(members.plaintext);
    encrypted.add(name);
    return undefined;
  };
  const values = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, reveal(name, value)]));
  return { values, secrets, encrypted };
}
