import type { Operation } from "../begin";
import type { Site } from "./site";

/** What differs from the plain road. */
export const road = (args: object = {}, more: object = {}) => ({
  args: { key: { rotationTriggers: { quarter: "1" } }, ...args },
  ...more,
});

/** With hardware encryption, by the road's provider. */
export const ENCRYPTED = { encryption: "external" };

export const OPERATIONS = {
  "fresh up": { from: "bare", command: "up", program: () => road() },
  "certificate renewal": { from: "aged", command: "up", program: () => road() },
  "gapless move": {
    from: "external",
    command: "up",
    program: ({ west }) =>
      road(
        { server: west.settings },
        { names: { server: "server-west", provider: "provider-west", attachment: "attachment-west" } },
      ),
  },
  rotation: {
    from: "external",
    command: "up",
    program: () => road({ key: { rotationTriggers: { quarter: "2" } } }),
  },
  adoption: {
    from: "adoptable",
    command: "up",
    program: () => road({ server: { adopt: "1" }, provider: { adopt: "1" } }),
  },
  "hardware encryption": { from: "external", command: "up", program: () => road({}, ENCRYPTED) },
  "hardware encryption off": { from: "encrypted", command: "up", program: () => road() },
  destroy: { from: "external", command: "destroy", program: () => road() },
} as const satisfies Record<string, Operation<Site>>;

export type OperationName = keyof typeof OPERATIONS;
export const operationNames = Object.keys(OPERATIONS) as OperationName[];
