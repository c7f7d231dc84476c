import { ConnectionError, ConnectionLoginError } from "../../connections/errors";
import {
  type EkmError,
  endSentence,
  IncompleteError,
  inFull,
  isEkmError,
  type Place,
  placeInWords,
} from "../../core/errors";
import { PULUMI_WORDS } from "./words";

/**
 * How a process tells of connections that fail: a refused login, which is not tried again, once in full and in one line of
 * everything else that it holds up.
 */
export class ConnectionFailures {
  private readonly told = new Set<EkmError>();

  /** An error as it is shown. @param isRecorded whether the connection to a place, if it is about one, may be that of an earlier run */
  inFull(error: EkmError, isRecorded: (place: Place | undefined) => boolean = () => false): string {
    const cause = error instanceof IncompleteError && isEkmError(error.cause) ? error.cause : error;
    if (!(cause instanceof ConnectionError)) return inFull(error, PULUMI_WORDS);
    const { place } = cause.explanation;
    if (place !== undefined && this.told.has(cause))
      return `${cause.code}: held up by the refused login to ${placeInWords(place)}, which is told in full once.`;
    if (cause instanceof ConnectionLoginError) this.told.add(cause);
    const told = inFull(error, PULUMI_WORDS);
    return isRecorded(place) ? `${endSentence(told)} ${RECORDED}` : told;
  }
}

const RECORDED =
  'The connection is the one that the last "pulumi up" recorded, unless --run-program was given: with it, the present one is used.';
