import fc from "fast-check";
import type { Description } from "../../../provider/core/resource/description";
import { UNKNOWN } from "../../../provider/core/unknown";
import { registry } from "../../../provider/systems/registry";
import { CANARY, CANARY_KEY, hostileValue, TERMINAL_TEXTS } from "../../kit/hostile-values";
import type { Material } from "../../kit/material";
import type { Arguments } from "../../kit/specimen";

const descriptions: Description[] = Object.values(registry).map(({ description }) => description);

/** Arguments whose values may be pasted secrets: no failure may have the engine print one. */
export const CONFIDENTIAL: ReadonlySet<string> = new Set(
  descriptions.flatMap(({ arguments: given }) => Object.keys(given).filter((name) => given[name]?.secret)),
);

/** Texts that are almost PEM. */
const almostPem = ({ ca, client, request, caKey }: Material): fc.Arbitrary<unknown> => {
  const texts = [ca, client, request, caKey, ca + client, CANARY_KEY, client + CANARY_KEY, CANARY];
  const whole = fc.constantFrom(...texts);
  const cut = fc
    .tuple(whole, fc.nat(), fc.nat(40), fc.constantFrom("", "\n", "-----", "=", CANARY, ...TERMINAL_TEXTS))
    .map(([pem, at, length, instead]) => {
      const start = at % (pem.length + 1);
      return pem.slice(0, start) + instead + pem.slice(start + length);
    });
  const respelt = whole.map((pem) => pem.replaceAll("\n", "\\n"));
  return fc.oneof(
    whole,
    cut,
    respelt,
    fc.constantFrom<unknown>([CANARY_KEY], { pem: CANARY_KEY }, ca.replaceAll(/-----.*-----/g, "")),
  );
};

/** Good arguments of which none, one or several are spoilt. */
export function spoilt(
  good: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  material: Material,
): fc.Arbitrary<Arguments> {
  const names = Object.keys(good);
  const pem = fc.oneof(almostPem(material), almostPem(material), hostileValue);
  const change = fc
    .constantFrom(...names)
    .chain((name) => fc.tuple(fc.constant(name), CONFIDENTIAL.has(name) ? pem : within(good[name], hostileValue)));
  return fc
    .tuple(fc.record(good), fc.array(change, { maxLength: 3, size: "max" }))
    .map(([args, changes]) => without(undefined, { ...args, ...Object.fromEntries(changes) }));
}

/** A hostile value instead of an argument, or inside of the list or object that it is. */
const within = (good: fc.Arbitrary<unknown> | undefined, hostile: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  good === undefined
    ? hostile
    : fc.oneof(
        hostile,
        fc.tuple(good, hostile, fc.nat(), fc.boolean()).map(([value, inner, at, known]) => {
          if (Array.isArray(value)) return value.toSpliced(at % (value.length + 1), 1, inner);
          if (typeof value !== "object" || value === null) return inner;
          const keys = Object.keys(value);
          return without(undefined, { ...value, [(known && keys[at % keys.length]) || "unheard of"]: inner });
        }),
      );

/** The engine leaves out what a program leaves undefined. */
const without = (absent: undefined, args: Arguments): Arguments =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== absent));

/** Paths, as failures name them, at which a value is not known yet. */
export const unknownRoots = (args: Arguments): string[] => Object.keys(args).filter((name) => args[name] === UNKNOWN);
