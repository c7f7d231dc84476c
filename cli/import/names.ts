const LONGEST = 40;

/** A readable part of a name that has nothing but small letters, digits and hyphens; empty where nothing is left of it. */
export function slug(text: string): string {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return trimmed(trimmed(words).slice(0, LONGEST));
}

const trimmed = (words: string): string => words.replace(/^-|-$/g, "");

/** An object of a system, whose name may be anything. */
export interface NamedObject<ID> {
  id: ID;
  name: string;
}

/**
 * Logical names of a kind's objects by their id: what the system calls them as far as it can be said, with the id where
 * that is not theirs alone.
 *
 * @param legible as much of an id as people read
 */
export function logicalNames<ID>(
  objects: readonly NamedObject<ID>[],
  kind: string,
  legible: (id: ID) => string = String,
): ReadonlyMap<ID, string> {
  const slugs = objects.map(({ name }) => slug(name));
  const taken = new Set<string>();
  return new Map(
    objects.map(({ id }, index): [ID, string] => {
      const suffix = legible(id);
      const own = slugs[index] ?? "";
      const isAlone = own !== "" && slugs.filter((other) => other === own).length === 1;
      let name = isAlone ? own : `${own || kind}-${suffix}`;
      while (taken.has(name)) name += `-${suffix}`;
      taken.add(name);
      return [id, name];
    }),
  );
}

/** Names of a program's constants. */
export class Variables {
  private readonly taken = new Set<string>();

  /** An identifier made of a logical name and what it names: `eks-1` and `Server` make `eks1Server`. */
  name(logicalName: string, kind: string): string {
    const camel = camelCase(logicalName);
    const base = camel.toLowerCase().includes(kind.toLowerCase()) ? camel : camel + kind;
    const identifier = /^\d/.test(base) ? kind.charAt(0).toLowerCase() + kind.slice(1) + camel : base;
    let name = identifier;
    for (let number = 2; this.taken.has(name); number++) name = `${identifier}${number}`;
    this.taken.add(name);
    return name;
  }
}

/** Digits that were apart stay apart. */
const camelCase = (logicalName: string): string =>
  logicalName
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/(\d)-(?=\d)/g, "$1_")
    .replaceAll("-", "");
