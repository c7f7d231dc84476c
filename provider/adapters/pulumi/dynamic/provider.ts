import type * as pulumi from "@pulumi/pulumi";
import { withoutControlCharacters } from "../../../core/display";
import { type EkmError, IncompleteError, isEkmError } from "../../../core/errors";
import type { AnyLifecycle } from "../../../core/lifecycle";
import type { NamedSystem } from "../../../core/system";
import { carried, type Properties, ResourceCalls } from "../resource/calls";
import { unshown } from "../resource/engine-names";
import type { Runtime } from "../runtime";

const IS_PREVIEW = unshown("isPreview");

/** Presents a lifecycle as a Pulumi dynamic provider. */
export class DynamicProvider implements pulumi.dynamic.ResourceProvider {
  private readonly calls: ResourceCalls;

  constructor(
    lifecycle: AnyLifecycle,
    private readonly runtime: Runtime,
    /** Absent for resources that are on no system. */
    system?: NamedSystem,
  ) {
    this.calls = new ResourceCalls(lifecycle, runtime, system);
  }

  async configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
    // The engine's accessor prefixes a bare key with the project's name; an explicit instance's own keys have none.
    const { rawConfig } = request.config as unknown as { rawConfig?: Properties };
    this.runtime.configure(rawConfig ?? {});
  }

  check(olds: Properties, news: Properties): Promise<pulumi.dynamic.CheckResult> {
    return this.told(() => {
      const { [IS_PREVIEW]: isPreview, ...given } = news;
      // The engine tells programs alone, which pass it on with each check.
      this.runtime.announcements.tell(isPreview === true);
      return this.calls.check(olds, given);
    });
  }

  diff(id: string, olds: Properties, news: Properties): Promise<pulumi.dynamic.DiffResult> {
    return this.told(async () => {
      const { differing, replaces, deletesFirst } = await this.calls.diff(id, olds, news);
      return { changes: differing.length > 0, replaces, ...(deletesFirst && { deleteBeforeReplace: true }) };
    });
  }

  create(properties: Properties): Promise<pulumi.dynamic.CreateResult> {
    return this.told(async () => {
      const { id, outputs } = await this.calls.create(properties);
      return { id, outs: outputs };
    }, properties);
  }

  read(id: string, properties: Properties): Promise<pulumi.dynamic.ReadResult> {
    return this.told(async () => {
      const found = await this.calls.read(id, properties);
      // A blank id tells the engine that the object is gone.
      if (found === undefined) return { id: "" };
      return { id: found.id, props: found.outputs, inputs: found.inputs };
    });
  }

  update(id: string, olds: Properties, news: Properties): Promise<pulumi.dynamic.UpdateResult> {
    return this.told(async () => ({ outs: await this.calls.update(id, olds, news) }), news);
  }

  delete(id: string, properties: Properties): Promise<void> {
    return this.told(() => this.calls.delete(id, properties));
  }

  /**
   * Runs a method and gives its failure the form in which the engine shows and keeps it best. `inputs` are of methods that
   * may leave an incomplete resource.
   */
  private async told<T>(method: () => Promise<T>, inputs: Properties = {}): Promise<T> {
    try {
      return await method();
    } catch (error) {
      throw isEkmError(error) ? displayed(error, this.runtime.inFull(error), inputs) : error;
    }
  }
}

interface DisplayedError extends Error {
  id?: string;
  properties?: object;
  reasons?: string[];
}

/**
 * The engine prints `message`, and for some methods `stack` on the stack's row as well: an error with a code needs no
 * stack. `id` and `properties` make it keep an incomplete resource, and then it prints the reasons alone.
 */
function displayed(error: EkmError, message: string, { __provider }: Properties): DisplayedError {
  const told: DisplayedError = new Error(withoutControlCharacters(message));
  told.name = error.name;
  told.stack = "";
  if (error instanceof IncompleteError) {
    told.id = error.id;
    // The SDK adds the stub to a method's answer, but not to an error. Without it, nothing could read or delete the
    // resource.
    told.properties = { ...carried(error.outputs), __provider };
    told.reasons = [told.message];
  }
  return told;
}
