import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { Deadlines } from "../provider/adapters/pulumi/resource/carried-inputs";
import { tokenIn } from "../provider/adapters/pulumi/resource-type";
import type { ResourceToken } from "../provider/systems/registry";
import { refuseImport } from "./import-option";

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** The engine stores `customTimeouts` and passes them to no dynamic provider: they travel as an input. */
export function deadlinesOf(timeouts: pulumi.CustomTimeouts | null | undefined): Deadlines | undefined {
  const { create, update, delete: remove } = timeouts ?? {};
  const given = Object.entries({ create: seconds(create), update: seconds(update), delete: seconds(remove) }).filter(
    ([, deadline]) => deadline !== undefined,
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** Seconds of a duration in Go's notation, such as `1h30m`. The engine gives an empty one for what is left out. */
function seconds(duration: string | null | undefined): number | undefined {
  if (duration === undefined || duration === null || duration === "") return undefined;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(duration)) {
    throw new TypeError(`customTimeouts: "${duration}" is no duration such as "30m" or "1h30m"`);
  }
  return [...duration.matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNIT_SECONDS[unit ?? ""] ?? 0),
    0,
  );
}

/**
 * The options of a resource, or of a component with resources of this package inside, with a last transform that takes over
 * what the others have made of `customTimeouts`. Without others there is none: it costs a call from the engine.
 */
export function followingTransforms<Options extends pulumi.ResourceOptions>(opts: Options): Options {
  const { transforms = [] } = opts;
  if (transforms.length === 0 && !hasTransformations(opts)) return opts;
  return { ...opts, transforms: [...transforms, takeOverOptions] };
}

/** The older kind, which the SDK runs while it constructs a resource: its own, and those around it. */
function hasTransformations({ parent, transformations = [] }: pulumi.ResourceOptions): boolean {
  const around = (parent ?? pulumi.runtime.getStackResource()) as { __transformations?: unknown[] } | undefined;
  return transformations.length + (around?.__transformations?.length ?? 0) > 0;
}

const takeOverOptions: pulumi.ResourceTransform = ({ type, name, props, opts }) => {
  const token = tokenIn(type);
  if (token === undefined) return undefined;
  const { customTimeouts, import: id } = opts as pulumi.CustomResourceOptions;
  refuseImport(token as ResourceToken, name, id === "" ? undefined : id);
  const deadlines = deadlinesOf(customTimeouts);
  return isDeepStrictEqual(props.deadlines, deadlines) ? undefined : { props: { ...props, deadlines }, opts };
};
