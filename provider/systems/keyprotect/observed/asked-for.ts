import { UnexpectedAnswerError } from "../../../connections/errors";
import type { Instance } from "../api/instance";
import type { Operation } from "../api/types";

/**
 * The object that was asked for by its ID.
 *
 * @throws UnexpectedAnswerError where it is another one
 */
export function askedFor<T extends { id: string }>(
  { place }: Pick<Instance, "place">,
  operation: Operation,
  id: string,
  given: T,
): T {
  if (given.id === id) return given;
  throw new UnexpectedAnswerError({
    attempt: `calling ${operation}`,
    place,
    reason: `asked for ${id}, it gave ${given.id}`,
    wayOut: "see whether anything between this machine and the instance changes answers",
  });
}
