import { createHash } from "node:crypto";
import type { Explanation, Place } from "../errors";
import type { Context } from "../lifecycle";
import type { ResourceToken } from "../registry";
import { COMPONENT_TYPES, typeOf } from "../resource-type";
import { AmbiguousObjectError, EqualObjectExistsError, ObjectNotFoundError } from "./errors";

/** Value of `adopt` that takes over the one object which equals the declared one. */
export const ADOPT_MATCH = "match";

/** Inputs of objects whose names are for display only. */
export interface Named {
  name?: string;
  /** The marked name, when the user gave none: set by check at first create and kept from then on. */
  autoName?: string;
  adopt?: string;
}

export const logicalName = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/**
 * The name that marks an object as one resource's own: derived, not random, so that after a lost answer, with nothing
 * in state, the same resource finds what it made. The URN holds project, stack and logical name.
 */
export function markedName(urn: string): string {
  const suffix = createHash("sha256").update(urn).digest("hex").slice(0, 7);
  return `${logicalName(urn)}-${suffix}`;
}

/** A marked name, in its parts. */
const MARKED = /^(.+)-[0-9a-f]{7}$/;

/** The logical name in a marked one. */
export const logicalNameIn = (name: string): string | undefined => MARKED.exec(name)?.[1];

/**
 * Whether a name is the mark of any resource of type `token` in the stack of the resource `urn`: on its own, in a component
 * of this package, or in what is around `urn`. Components of a user's own that are no ancestors of `urn` are not known.
 */
export function isMarkedByStack(name: string, token: ResourceToken, urn: string): boolean {
  const logical = logicalNameIn(name);
  const [stack, project, qualified = ""] = urn.split("::");
  if (logical === undefined) return false;
  const ancestors = qualified.split("$").slice(0, -1);
  const around = [...ancestors.keys(), ancestors.length].map((depth) => ancestors.slice(0, depth));
  const { fleet, externalKeyManagement } = COMPONENT_TYPES;
  const inside = [[], [externalKeyManagement], [fleet], [fleet, externalKeyManagement]];
  const chains = around.flatMap((outer) => inside.map((inner) => [...outer, ...inner, typeOf(token)].join("$")));
  return chains.some((chain) => markedName([stack, project, chain, logical].join("::")) === name);
}

/** The given name, or the marked one; neither for what is adopted without a name: that one stays as found. */
export function resolveName(olds: Partial<Named>, news: Named, context: Context): Pick<Named, "name" | "autoName"> {
  if (news.name !== undefined) return { name: news.name, autoName: undefined };
  const autoName = isNew(olds) && news.adopt === undefined ? markedName(context.urn) : olds.autoName;
  return { name: autoName, autoName };
}

/** Whether a check is of a resource that is to be created. */
export const isNew = (olds: object): boolean => Object.keys(olds).length === 0;

export interface Candidate {
  id: number;
  name: string;
  /** Equals the declared object in everything that was declared. */
  equal: boolean;
}

/**
 * Which of a cluster's objects a create is about: the one to adopt, or the one that bears this resource's mark.
 *
 * @returns the object's id, or `undefined` when there is none and one is to be created
 * @throws ObjectNotFoundError, AmbiguousObjectError, EqualObjectExistsError
 */
export function ownObject(
  kind: string,
  place: Place,
  { autoName, adopt }: Named,
  candidates: Candidate[],
  context: Context,
): number | undefined {
  const explain = (reason: string, wayOut: string): Explanation => ({
    attempt: `${adopt === undefined ? "creating" : "adopting"} ${kind} "${logicalName(context.urn)}"`,
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

function adopted(
  kind: string,
  adopt: string,
  candidates: Candidate[],
  explain: (reason: string, wayOut: string) => Explanation,
): number {
  const matches = candidates.filter(({ id, equal }) => (adopt === ADOPT_MATCH ? equal : String(id) === adopt));
  const [match, ...others] = matches;
  const listed = (some: Candidate[]) => some.map(({ id, name }) => `${id} ("${name}")`).join(", ") || "none";
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
