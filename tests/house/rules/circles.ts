import type { Source } from "../sources";

/** The shortest circle of imports in each group of sources that import one another. */
export function circles(sources: readonly Source[]): string[] {
  const importsOf = new Map(sources.map(({ path, imports }) => [path, imports]));
  const known = new Set<string>();
  return sources.flatMap(({ path }) => {
    const circle = wayFrom(path, importsOf);
    if (circle === undefined || known.has(path)) return [];
    for (const each of groupOf(path, importsOf)) known.add(each);
    return [circle.join(" → ")];
  });
}

type Imports = ReadonlyMap<string, readonly string[]>;

/** The shortest way from a source to itself, both ends named; `undefined` where there is none. */
function wayFrom(start: string, importsOf: Imports): string[] | undefined {
  const from = new Map<string, string>();
  const waiting = [start];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    for (const target of importsOf.get(path) ?? []) {
      if (from.has(target)) continue;
      from.set(target, path);
      if (target === start) return wayBack(start, from);
      waiting.push(target);
    }
  }
  return undefined;
}

function wayBack(start: string, from: ReadonlyMap<string, string>): string[] {
  const way = [start];
  do way.unshift(from.get(way[0] ?? start) ?? start);
  while (way[0] !== start);
  return way;
}

/** What a source reaches, and is reached by. */
function groupOf(start: string, importsOf: Imports): string[] {
  const reached = reachableFrom(start, importsOf);
  return [...reached].filter((path) => reachableFrom(path, importsOf).has(start));
}

function reachableFrom(start: string, importsOf: Imports): Set<string> {
  const reached = new Set<string>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const target of importsOf.get(path) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      waiting.push(target);
    }
  }
  return reached;
}
