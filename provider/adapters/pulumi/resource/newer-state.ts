import { NewerStateError } from "../../../core/errors";
import type { AnyLifecycle, Comparing } from "../../../core/lifecycle";
import { nameIn, resourceInWords } from "../resource-type";

/** The form in which this release writes outputs. A release that changes their meaning raises the number. */
const STATE_VERSION = 1;

/**
 * Refuses outputs that a newer release has written: this one does not know their meaning, and would lose it by writing.
 *
 * @throws NewerStateError
 */
export function assertKnownState({ stateVersion }: Record<string, unknown>, urn: string): void {
  if (stateVersion === undefined || stateVersion === STATE_VERSION) return;
  throw refused(
    urn,
    `it was written in version ${stateVersion} of its form, and this release knows version ${STATE_VERSION}`,
  );
}

/** A resource of a kind that this release does not have. It refuses every call, so that state stays as it is. */
export function unknownResource(token: string): AnyLifecycle {
  const refuse = async (...given: unknown[]): Promise<never> => {
    const { self } = given.at(-1) as Comparing;
    throw refused(self.identity, `this release has no resource ${nameIn(token)}`);
  };
  return { check: refuse, diff: refuse, create: refuse, read: refuse, update: refuse, delete: refuse };
}

const refused = (urn: string, reason: string) =>
  new NewerStateError({
    attempt: `reading the state of ${urn === "" ? "a resource" : resourceInWords(urn)}`,
    reason: `${reason}: a newer release of pulumi-ekm wrote it`,
    wayOut: "install that release, as it is where this stack was run last; nothing was written over it",
  });
