import type { Operation } from "../begin";
import { destroy, type Ending, up } from "../endings";
import { ENCRYPTED, OPERATIONS, road } from "./operations";
import type { Site } from "./site";

/** What people do after a run that was cut off, instead of running the same again. */
export const FINISHES = ["put back", "other target", "destroy", "rename", "up"] as const;
export type Finish = (typeof FINISHES)[number];

/** More rekeys than those of the operation itself and of a way back, nobody asked for. */
const MOST_REKEYS = 2;

/** The same run once more. */
export const againWith = ({ command, program }: Operation<Site>): Ending<Site> =>
  command === "up" ? up(program, MOST_REKEYS) : destroy(program, MOST_REKEYS);

/** An operation that may be finished otherwise than by itself. */
export interface FinishedOperation extends Operation<Site> {
  finishes: Partial<Record<Finish, Ending<Site>>>;
}

const namesOf = (name: string) => ({
  names: { server: `server-${name}`, provider: `provider-${name}`, attachment: `attachment-${name}` },
});
const toWest = ({ west }: Site) => road({ server: west.settings }, namesOf("west"));
/** Under names of its own, on a key server that is known already. */
const toThird = () => road({}, namesOf("third"));
const rotated = (quarter: string) => road({ key: { rotationTriggers: { quarter } } });
const WEST = { logicalName: "west" };
const component = (more: object) => ({ component: more });
const componentOnWest = ({ west }: Site) => component({ keyProvider: WEST, keyServer: west.settings });

/** Each operation with what people do instead. Of an adoption and a renewal, there is nothing to put back. */
export const FINISHED_OPERATIONS = {
  "fresh up": {
    ...OPERATIONS["fresh up"],
    finishes: {
      "put back": up(() => road({}, { internal: true }), 2),
      "other target": up(toWest, 2),
      destroy: destroy(() => road(), 2),
    },
  },
  "certificate renewal": {
    ...OPERATIONS["certificate renewal"],
    finishes: { "other target": up(toWest, 1), destroy: destroy(() => road(), 1) },
  },
  "gapless move": {
    ...OPERATIONS["gapless move"],
    finishes: {
      "put back": up(() => road(), 2),
      "other target": up(toThird, 2),
      destroy: destroy(toWest, 2),
    },
  },
  rotation: {
    ...OPERATIONS.rotation,
    finishes: {
      "put back": up(() => rotated("1"), 1),
      "other target": up(() => rotated("3"), 2),
      destroy: destroy(() => rotated("2"), 2),
    },
  },
  adoption: {
    ...OPERATIONS.adoption,
    finishes: { destroy: destroy(OPERATIONS.adoption.program, 1) },
  },
  "hardware encryption": {
    ...OPERATIONS["hardware encryption"],
    finishes: {
      "other target": up(() => road({}, { encryption: "internal" }), 0),
      // The master key goes back before the drives' key, which no state knows of, is found to be in the way; what the
      // refusal names brings it up once more.
      destroy: destroy(() => road({}, ENCRYPTED), 3),
    },
  },
  "hardware encryption off": {
    ...OPERATIONS["hardware encryption off"],
    finishes: {
      "put back": up(() => road({ encryption: { onDelete: "disable" } }, ENCRYPTED), 0),
      "other target": up(() => road({}, { encryption: "internal" }), 0),
      destroy: destroy(() => road(), 1),
    },
  },
  "drives to the key server": {
    from: "locked",
    command: "up",
    program: () => road({}, ENCRYPTED),
    finishes: {
      "put back": up(() => road({}, { encryption: "internal" }), 0),
      // State does not know yet that the drives need the attachment, and the engine asks for that one first.
      destroy: destroy(() => road({}, ENCRYPTED), 3),
    },
  },
  "component moved": {
    from: "component",
    command: "up",
    program: componentOnWest,
    finishes: {
      "put back": up(() => component({}), 2),
      "other target": up(() => component({ keyProvider: { logicalName: "third" } }), 2),
      destroy: destroy(componentOnWest, 2),
      rename: up(
        ({ west }) =>
          component({ name: "vault", aliases: [{ name: "storage" }], keyProvider: WEST, keyServer: west.settings }),
        1,
      ),
    },
  },
  destroy: {
    ...OPERATIONS.destroy,
    finishes: { up: up(() => road(), 2) },
  },
} as const satisfies Record<string, FinishedOperation>;

export type FinishedName = keyof typeof FINISHED_OPERATIONS;
export const finishedNames = Object.keys(FINISHED_OPERATIONS) as FinishedName[];
