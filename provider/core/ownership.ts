import type { Explanation, Place } from "./errors";
import type { Comparing } from "./lifecycle";
import { AmbiguousObjectError, EqualObjectExistsError, ObjectNotFoundError } from "./object-errors";
import { info, type Line } from "./plan";
import type { FieldsOf } from "./resource/description";
import { adoptedId, adoptedMatch, displayName, text } from "./resource/kinds";

/** Value of `adopt` that takes over the one object which equals the declared one. */
export const ADOPT_MATCH = "match";

/** A name that a system shows, and neither demands to be unique nor identifies by. */
export const named = (doc: string) =>
  ({
    name: {
      kind: displayName,
      optional: true,
      always: true,
      usual: "the logical name with a short suffix derived from the {identity}",
      doc,
      output: "Name for display.",
    },
  }) as const;

/** The marked name, when the user gave none: set by check at first create and kept from then on. */
export const keepingAutoName = {
  autoName: { kind: text, hidden: true, doc: "The name with this resource's mark." },
} as const;

/** Takes over one of several objects. */
export const adoptable = (doc: string) =>
  ({
    adopt: { kind: adoptedId, optional: true, unseen: true, doc: `${doc} Of use at the first create alone.` },
  }) as const;

/** Takes over what exists once. */
export const adoptableMatch = (doc: string) =>
  ({
    adopt: {
      kind: adoptedMatch,
      optional: true,
      unseen: true,
      doc: `\`"match"\`: ${doc} Of use at the first create alone.`,
    },
  }) as const;

/** Inputs of objects whose names are for display only. */
export type Named = Partial<FieldsOf<ReturnType<typeof named> & typeof keepingAutoName & ReturnType<typeof adoptable>>>;

/** The given name, or the marked one. An object that is adopted without a name keeps its own. */
export function resolveName(
  olds: Partial<Named>,
  news: Named,
  { self }: Pick<Comparing, "self">,
): Pick<Named, "name" | "autoName"> {
  if (news.name !== undefined) return { name: news.name, autoName: undefined };
  const autoName = isNew(olds) && news.adopt === undefined ? self.mark : olds.autoName;
  return { name: autoName, autoName };
}

/** An engine plans an adoption as a create. This line says that the object exists, and that nothing is made. */
export const takenOver = (place: string, what: string, olds: object, { adopt }: { adopt?: string }): Line[] =>
  isNew(olds) && adopt !== undefined ? [info(`${place}: ${what} is taken over, and not made`)] : [];

/** Whether a check is of a resource that is to be created. */
export const isNew = (olds: object): boolean => Object.keys(olds).length === 0;

export interface Candidate<Id extends number | string> {
  id: Id;
  name: string;
  /** Equals the declared object in everything that was declared. */
  equal: boolean;
}

/**
 * Which of a system's objects a create is about: the one to adopt, or the one that bears this resource's mark.
 *
 * @returns the object's id, or `undefined` when there is none and one is to be created
 * @throws ObjectNotFoundError, AmbiguousObjectError, EqualObjectExistsError
 */
export function ownObject<Id extends number | string>(
  kind: string,
  place: Place,
  { autoName, adopt }: Named,
  candidates: Candidate<Id>[],
  { self }: Pick<Comparing, "self">,
): Id | undefined {
  const explain = (reason: string, wayOut: string): Explanation => ({
    attempt: `${adopt === undefined ? "creating" : "adopting"} ${kind} "${self.name}"`,
    place,
    reason,
    wayOut,
  });
  if (adopt !== undefined) return adopted(kind, adopt, candidates, explain);
  if (autoName !== undefined) {
    const [own, other] = candidates.filter((candidate) => candidate.name === autoName);
    if (own !== undefined && other !== undefined) {
      throw new AmbiguousObjectError(
        explain(
          `${kind}s ${own.id} and ${other.id} both bear this resource's mark "${autoName}"`,
          "delete the one that is not used, or set adopt to the id of the one to keep",
        ),
      );
    }
    return own?.id;
  }
  const equal = candidates.find((candidate) => candidate.equal);
  if (equal === undefined) return undefined;
  throw new EqualObjectExistsError(
    explain(
      `${kind} ${equal.id} named "${equal.name}" already equals it, and an exact name leaves no mark that tells whose it is`,
      `set adopt to "${equal.id}" to take it over, or give another name`,
    ),
  );
}

function adopted<Id extends number | string>(
  kind: string,
  adopt: string,
  candidates: Candidate<Id>[],
  explain: (reason: string, wayOut: string) => Explanation,
): Id {
  const matches = candidates.filter(({ id, equal }) => (adopt === ADOPT_MATCH ? equal : String(id) === adopt));
  const [match, ...others] = matches;
  const listed = (some: Candidate<Id>[]) => some.map(({ id, name }) => `${id} ("${name}")`).join(", ") || "none";
  if (match === undefined) {
    throw new ObjectNotFoundError(
      explain(
        adopt === ADOPT_MATCH ? `no ${kind} equals the declared one` : `there is no ${kind} ${adopt}`,
        `set adopt to one of: ${listed(candidates)}; or leave it out, and one is made`,
      ),
    );
  }
  if (others.length > 0) {
    throw new AmbiguousObjectError(
      explain(`several ${kind}s equal the declared one: ${listed(matches)}`, "set adopt to the id of one of them"),
    );
  }
  return match.id;
}
