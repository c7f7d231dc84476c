import type { Site, StartState } from "./site";

/** A change that is made with one command. */
export interface Operation {
  from: StartState;
  /** Rekeys that it asks for. */
  rekeys: number;
  command: "up" | "destroy";
  /** What road.json then says. */
  program(site: Site): object;
}

/** What differs from the plain road. */
export const road = (args: object = {}, more: object = {}) => ({
  args: { key: { rotationTriggers: { quarter: "1" } }, ...args },
  ...more,
});

/** With hardware encryption, by the road's provider. */
export const ENCRYPTED = { encryption: "external" };

export const OPERATIONS = {
  "fresh up": { from: "bare", rekeys: 1, command: "up", program: () => road() },
  "certificate renewal": { from: "aged", rekeys: 0, command: "up", program: () => road() },
  "gapless move": {
    from: "external",
    rekeys: 1,
    command: "up",
    program: ({ west }) =>
      road(
        { server: west.settings },
        { names: { server: "server-west", provider: "provider-west", attachment: "attachment-west" } },
      ),
  },
  rotation: {
    from: "external",
    rekeys: 1,
    command: "up",
    program: () => road({ key: { rotationTriggers: { quarter: "2" } } }),
  },
  adoption: {
    from: "adoptable",
    rekeys: 0,
    command: "up",
    program: () => road({ server: { adopt: "1" }, provider: { adopt: "1" } }),
  },
  "hardware encryption": { from: "external", rekeys: 0, command: "up", program: () => road({}, ENCRYPTED) },
  "hardware encryption off": { from: "encrypted", rekeys: 0, command: "up", program: () => road() },
  destroy: { from: "external", rekeys: 1, command: "destroy", program: () => road() },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;
export const operationNames = Object.keys(OPERATIONS) as OperationName[];
