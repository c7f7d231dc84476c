import type * as pulumi from "@pulumi/pulumi";
import { withoutControlCharacters } from "./display";
import { type EkmError, IncompleteError, isEkmError } from "./errors";
import type { CheckFailure, HiddenInputs, Lifecycle } from "./lifecycle";
import type { Runtime } from "./runtime";

type Properties = Record<string, unknown>;
/** A lifecycle as the engine sees it: its protocol has no types of its own. */
export type AnyLifecycle = Lifecycle<Properties, Properties>;

/** Presents a lifecycle as a Pulumi dynamic provider. */
export class DynamicProvider implements pulumi.dynamic.ResourceProvider {
  constructor(
    private readonly lifecycle: AnyLifecycle,
    private readonly runtime: Runtime,
  ) {}

  async configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
    // The engine's accessor prefixes a bare key with the project's name; an explicit instance's own keys have none.
    const { rawConfig } = request.config as unknown as { rawConfig?: Properties };
    this.runtime.configure(rawConfig ?? {});
  }

  check(olds: Properties, news: Properties): Promise<pulumi.dynamic.CheckResult> {
    return told(async () => {
      const { inputs, failures } = await this.lifecycle.check(withoutStub(olds), withoutStub(news), this.context(news));
      return { inputs: plain(inputs), failures: failures.map(displayable) };
    });
  }

  diff(id: string, olds: Properties, news: Properties): Promise<pulumi.dynamic.DiffResult> {
    return told(() => this.lifecycle.diff(id, withoutStub(olds), withoutStub(news), this.context(news)));
  }

  create(inputs: Properties): Promise<pulumi.dynamic.CreateResult> {
    return told(async () => {
      const { id, outputs } = await this.lifecycle.create(withoutStub(inputs), this.context(inputs));
      return { id, outs: plain(outputs) };
    }, inputs);
  }

  read(id: string, state: Properties): Promise<pulumi.dynamic.ReadResult> {
    return told(async () => {
      const found = await this.lifecycle.read(id, withoutStub(state), this.context(state));
      // A blank id is how the engine is told that the object is gone.
      if (found === undefined) return { id: "" };
      return { id: found.id, props: plain(found.outputs), inputs: plain(found.inputs) };
    });
  }

  update(id: string, olds: Properties, news: Properties): Promise<pulumi.dynamic.UpdateResult> {
    return told(
      async () => ({
        outs: plain(await this.lifecycle.update(id, withoutStub(olds), withoutStub(news), this.context(news))),
      }),
      news,
    );
  }

  delete(id: string, state: Properties): Promise<void> {
    return told(() => this.lifecycle.delete(id, withoutStub(state), this.context(state)));
  }

  private context(properties: Partial<HiddenInputs>) {
    return this.runtime.context(properties.resourceUrn ?? "");
  }
}

const withoutStub = ({ __provider, ...properties }: Properties): Properties => properties;

/** Without members that are `undefined`, at any depth: the engine's protocol has no such value. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

/**
 * Runs a method and gives its failure the form in which the engine shows and keeps it best. `inputs` are of methods that
 * may leave an incomplete resource.
 */
async function told<T>(method: () => Promise<T>, inputs: Properties = {}): Promise<T> {
  try {
    return await method();
  } catch (error) {
    throw isEkmError(error) ? displayed(error, inputs) : error;
  }
}

/** A reason may quote a cluster. */
const displayable = ({ property, reason }: CheckFailure): CheckFailure => ({
  property,
  reason: withoutControlCharacters(reason),
});

interface DisplayedError extends Error {
  id?: string;
  properties?: object;
  reasons?: string[];
}

/**
 * The engine prints `message`, and for some methods `stack` on the stack's row as well: an error with a code needs no
 * stack. `id` and `properties` make it keep an incomplete resource, and then it prints the reasons alone.
 */
function displayed(error: EkmError, { __provider }: Properties): DisplayedError {
  // Of an incomplete resource, the cause is what there is to look up and to mend.
  const { code } = error instanceof IncompleteError && isEkmError(error.cause) ? error.cause : error;
  const told: DisplayedError = new Error(withoutControlCharacters(`${code}: ${error.message}`));
  told.name = error.name;
  told.stack = "";
  if (error instanceof IncompleteError) {
    told.id = error.id;
    // The SDK adds the stub to a method's answer, but not to these: without it nothing could read or delete the resource.
    told.properties = { ...plain(error.outputs), __provider };
    told.reasons = [told.message];
  }
  return told;
}
