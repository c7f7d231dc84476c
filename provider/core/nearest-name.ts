/** The name that was probably meant, if one of them is near enough to what was given. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  const [nearest] = names
    .map((name) => ({ name, distance: distanceBetween(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 3) || isPart(wanted, name.toLowerCase()))
    .sort((a, b) => a.distance - b.distance);
  return nearest?.name;
}

/** The nearest name in quotes, as the end of a complaint about a name. */
export function didYouMean(given: string, names: readonly string[]): string {
  const nearest = nearestName(given, names);
  return nearest === undefined ? "" : `: did you mean "${nearest}"?`;
}

/** Parts that are shorter are found in too many names. */
const SHORTEST_PART = 4;

const isPart = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= SHORTEST_PART && (a.includes(b) || b.includes(a));

/** Levenshtein's: how many letters have to be put in, taken out or replaced. */
function distanceBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === b[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
