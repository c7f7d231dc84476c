import { IncompleteError } from "../../../core/errors";
import type { CreateResult, Lifecycle } from "../../../core/lifecycle";
import { info, type Plan } from "../../../core/plan";
import { type NamedSystem, whereabouts } from "../../../core/system";

/** Inputs that a resource's class adds to the arguments of its user, for this adapter. State keeps them. */
export interface CarriedInputs {
  /** The resource's own URN, which names its row in the display. Its mark is derived from it. */
  resourceUrn: string;
  /** The user's `customTimeouts`, in seconds: the engine stores them but passes them to no dynamic provider. */
  deadlines?: Deadlines;
  /** The values of `rotationTriggers` must not be shown. */
  secretTriggers?: true;
}

export interface Deadlines {
  create?: number;
  update?: number;
  delete?: number;
}

type Properties = Record<string, unknown>;
type Carrying = Lifecycle<Properties, Properties>;

/** A lifecycle that sees no carried inputs. Its contexts have what follows from them, and its results get them back. */
export function carrying(lifecycle: Carrying, system?: NamedSystem): Carrying {
  return {
    async check(olds, news, context) {
      const [inputs, carried] = parted(news);
      const checked = await lifecycle.check(parted(olds)[0], inputs, context);
      return { ...checked, inputs: { ...checked.inputs, ...carried } };
    },

    async diff(id, olds, news, context) {
      const [state, recorded] = parted(olds);
      const [inputs, carried] = parted(news);
      const plan = await lifecycle.diff(id, state, inputs, { ...context, isSecret: secrecyIn(carried) });
      // A delete gets nothing but the state.
      const isCompared = lifecycle.deleteWaits && recorded.deadlines?.delete !== carried.deadlines?.delete;
      return isCompared ? withDeadlines(plan, whereabouts(system, inputs)) : plan;
    },

    create(inputs, context) {
      const [own, carried] = parted(inputs);
      const given = { ...context, isSecret: secrecyIn(carried), deadlineSeconds: carried.deadlines?.create };
      return carriedPast(carried, () => lifecycle.create(own, given));
    },

    async read(id, olds, context) {
      const [state, carried] = parted(olds);
      const found = await lifecycle.read(id, state, context);
      if (found === undefined) return undefined;
      return { ...found, inputs: { ...found.inputs, ...carried }, outputs: { ...found.outputs, ...carried } };
    },

    async update(id, olds, news, context) {
      const [inputs, carried] = parted(news);
      const given = { ...context, isSecret: secrecyIn(carried), deadlineSeconds: carried.deadlines?.update };
      const updating = async () => ({ id, outputs: await lifecycle.update(id, parted(olds)[0], inputs, given) });
      return (await carriedPast(carried, updating)).outputs;
    },

    delete(id, olds, context) {
      const [state, { deadlines }] = parted(olds);
      return lifecycle.delete(id, state, { ...context, deadlineSeconds: deadlines?.delete });
    },
  };
}

const NAMES: readonly string[] = ["resourceUrn", "deadlines", "secretTriggers"] satisfies (keyof CarriedInputs)[];

function parted(properties: Properties): [own: Properties, carried: Partial<CarriedInputs>] {
  const [own, carried] = [false, true].map((isCarried) =>
    Object.fromEntries(Object.entries(properties).filter(([name]) => NAMES.includes(name) === isCarried)),
  );
  return [own ?? {}, carried ?? {}];
}

const secrecyIn =
  ({ secretTriggers }: Partial<CarriedInputs>) =>
  (argument: string): boolean =>
    argument === "rotationTriggers" && secretTriggers === true;

/** Results, also incomplete ones, with the carried inputs. */
async function carriedPast(
  carried: Partial<CarriedInputs>,
  work: () => Promise<CreateResult<Properties>>,
): Promise<CreateResult<Properties>> {
  try {
    const { id, outputs } = await work();
    return { id, outputs: { ...outputs, ...carried } };
  } catch (error) {
    if (!(error instanceof IncompleteError)) throw error;
    throw new IncompleteError(error.id, { ...error.outputs, ...carried }, error.cause);
  }
}

function withDeadlines({ differing, lines, ...plan }: Plan, place: string): Plan {
  const alone = info(`${place}only how long later runs may wait changes (customTimeouts)`);
  return { ...plan, differing: [...differing, "deadlines"], lines: differing.length === 0 ? [...lines, alone] : lines };
}
