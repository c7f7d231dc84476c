/** Values that are other ones in each run: what they look like, and the first of the letters that stand for them. */
const KINDS = [
  { pattern: /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, letter: "a" },
  { pattern: /\b([0-9A-F]{2}:){31}[0-9A-F]{2}\b/g, letter: "A" },
  { pattern: /\b[0-9a-f]{64}\b/g, letter: "a" },
  { pattern: /\b[0-9A-F]{32}\b/g, letter: "A" },
  { pattern: /(?<=#)[0-9a-f]{8}\b/g, letter: "a" },
];
const DATE = /\b\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?\b/g;
const PEM = /(-----BEGIN [A-Z ]+-----)[^"\n]*/g;
/** The lines of a text that is compared line by line. */
const PEM_LINES = /(-----BEGIN ([A-Z ]+)-----)…\n[^"]*?\n(?=[-+ ]*-----END \2-----)/g;
const LONGEST = 36;

/**
 * A text as any other run would print it: equal values stay equal and different ones different, but none is this run's
 * own. `known` tells what to write for texts such as ports.
 */
export function withoutAccidents(text: string, known: Record<string, string>): string {
  let plain = text.replace(PEM, "$1…").replace(PEM_LINES, "$1\n          …\n");
  for (const [accident, meaning] of Object.entries(known)) plain = plain.replaceAll(accident, meaning);
  for (const { pattern, letter } of KINDS) {
    const values = [...new Set(plain.match(pattern))];
    for (const [index, value] of values.entries()) {
      const stand = String.fromCharCode(letter.charCodeAt(0) + index);
      plain = plain.replaceAll(value, shortened(value.replace(/[0-9a-f]/gi, stand)));
    }
  }
  return plain.replace(DATE, "…");
}

const shortened = (value: string): string => (value.length > LONGEST ? `${value.slice(0, 12)}…` : value);
