import { withoutControlCharacters } from "./display";
import { PLAIN_WORDS, spoken, type Text, type Words } from "./words";

const brand = Symbol.for("pulumi-ekm.EkmError");

/** A system that a failure is about, by its name in the configuration. */
export interface Place {
  /** The noun for systems of its kind, such as `cluster`. */
  noun: string;
  name: string;
}

/** The parts of a failure's message: the attempt, on which object of which system, why it failed, the way out. */
export interface Explanation {
  /** Such as `deleting key provider 3 "eks-1a2b"`. */
  attempt: string;
  place?: Place;
  /** In the vendor's own name where there is one. */
  reason: string;
  wayOut: Text;
}

/** Base of every error of this package: one class per cause, each with a stable `code`. */
export abstract class EkmError extends Error {
  abstract readonly code: string;
  readonly [brand] = true;

  /** The way out, where the message does not say it: the words are those of the way in, which shows the error. */
  get wayOut(): Text | undefined {
    return undefined;
  }

  override get name(): string {
    return this.constructor.name;
  }
}

/** Like `instanceof EkmError`, but true across two copies of this module as well. */
export const isEkmError = (value: unknown): value is EkmError =>
  typeof value === "object" && value !== null && brand in value;

/** An error whose message is built from an {@link Explanation}. */
export abstract class ExplainedError extends EkmError {
  constructor(
    readonly explanation: Explanation,
    options?: ErrorOptions,
  ) {
    super(sentence(explanation), options);
  }

  override get wayOut(): Text | undefined {
    const { wayOut } = this.explanation;
    return typeof wayOut === "string" ? undefined : wayOut;
  }
}

/** A system in words: `cluster "east"`. */
export const placeInWords = ({ noun, name }: Place): string => `${noun} "${name}"`;

function sentence({ attempt, place, reason, wayOut }: Explanation): string {
  const where = place === undefined ? "" : ` on ${placeInWords(place)}`;
  const parts = [
    `${clipped(attempt)}${where}:`,
    endSentence(clipped(reason)),
    ...(typeof wayOut === "string" ? [endSentence(capitalised(clipped(wayOut)))] : []),
  ];
  return withoutControlCharacters(parts.join(" "));
}

/** In characters: more than any refusal of a cluster has, and little enough for a terminal. */
const LONGEST_PART = 2_000;

const clipped = (text: string): string => (text.length > LONGEST_PART ? `${text.slice(0, LONGEST_PART)}…` : text);

export const endSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** As the beginning of a sentence. A name such as vCenter stays as it is. */
export const capitalised = (text: string): string => text.replace(/^.(?![A-Z])/u, (letter) => letter.toUpperCase());

/** The Node that runs this is older than what the package needs. */
export class NodeVersionError extends EkmError {
  readonly code = "EKM_NODE_VERSION";
}

/** The engine that started this run is gone: nothing more is written. */
export class EngineGoneError extends ExplainedError {
  readonly code = "EKM_ENGINE_GONE";
}

/** A run that has failed would remove resources that its program declares and did not come to. */
export class RunIncompleteError extends ExplainedError {
  readonly code = "EKM_RUN_INCOMPLETE";
}

/** The lock that keeps runs of this machine apart cannot be taken: nothing is written. */
export class LockUnavailableError extends ExplainedError {
  readonly code = "EKM_LOCK_UNAVAILABLE";
}

/** A newer release of this package wrote a stack's state: nothing is read from it, and nothing written over it. */
export class NewerStateError extends ExplainedError {
  readonly code = "EKM_NEWER_STATE";
}

/** An object exists and is not complete yet. State keeps it, and the next run goes on with it. */
export class IncompleteError extends EkmError {
  readonly code = "EKM_INCOMPLETE";

  constructor(
    readonly id: string,
    readonly outputs: object,
    override readonly cause: Error,
  ) {
    super(cause.message);
  }

  override get wayOut(): Text {
    return ({ apply }) => `run ${apply} again: it looks at what there is, and does what is missing`;
  }
}

/**
 * An error as it is shown: its code, by which its page in `docs/errors/` is found, its reason, and the way out. Of an
 * incomplete resource it shows the cause, which is to be looked up and mended.
 */
export function inFull(error: EkmError, words = PLAIN_WORDS): string {
  if (error instanceof IncompleteError && isEkmError(error.cause)) return inFull(error.cause, words);
  return `${error.code}: ${withWayOut(error, words)}`;
}

/** An error's reason and the way out, where the code is shown elsewhere. */
export function withWayOut({ message, wayOut }: EkmError, words: Words): string {
  if (wayOut === undefined) return message;
  const inWords = withoutControlCharacters(clipped(spoken(wayOut, words)));
  return `${endSentence(message)} ${endSentence(capitalised(inWords))}`;
}
