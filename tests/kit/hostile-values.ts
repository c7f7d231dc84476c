import fc from "fast-check";
import { UNKNOWN } from "../../provider/core/unknown";

/** Stands in for a password or key: no failure, warning or error may hold it. */
export const CANARY = "Canary8d21f05e";

/** What a private key looks like to whoever pastes it into the wrong argument. */
export const CANARY_KEY = `-----BEGIN PRIVATE KEY-----\n${CANARY}aa\n-----END PRIVATE KEY-----\n`;

/** Moves a cursor, clears the screen, sets a title, writes the clipboard, turns text around, ends lines. */
export const TERMINAL_TEXTS = [
  "\u001b[2J\u001b[H",
  "\u001b]0;title\u0007",
  "\u001b]52;c;Y2xpcA==\u0007",
  "\u009b31m",
  "a\u0000b",
  "a\r\nb",
  "\u2028\u2029",
  "\u202eevil",
  "\u2066\u200b\ufeff",
  "\u007f\b\b",
];

const HUGE = "A".repeat(200_000);

/** As `JSON.parse` makes them: the keys are members of the object itself. */
const POLLUTING = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"valueOf":1}',
  '{"then":1,"length":4294967295}',
  '["__proto__"]',
].map((text): unknown => JSON.parse(text));

const TEXTS = [
  "",
  " ",
  "\n",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "-1",
  "0",
  "01",
  "1e3",
  "9999999999999999",
  "9007199254740993",
  "٣",
  "Ünïcödé",
  "storage-1\ud800",
  "👩‍👩‍👧‍👦",
  "../../etc/passwd",
  "%n%s%x",
  "{{7*7}}",
  "'; DROP TABLE keys; --",
  HUGE,
  "\n".repeat(20_000).concat("!"),
  "-".repeat(20_000),
  "a-".repeat(10_000),
  ...TERMINAL_TEXTS,
];

const NUMBERS = [0, -0, -1, 1, 1.5, 65_535, 65_536, 2 ** 31, 2 ** 53, 1e21, -1e308, Number.MIN_VALUE];

/** What an argument may be given by a program without types, or by configuration. `undefined` is one left out. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...NUMBERS) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(undefined, null, true, false, [], {}, [[]], [null]) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...POLLUTING) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(UNKNOWN, [UNKNOWN], { commonName: UNKNOWN }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

/** The value and everything in it, so that a write to it throws. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
