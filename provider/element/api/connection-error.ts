import { type Call, explain, runAgain } from "./call";
import {
  ClusterCertificateError,
  ClusterHandshakeError,
  ClusterTimeoutError,
  ClusterUnreachableError,
  UnexpectedAnswerError,
} from "./errors";
import { HandshakeError } from "./handshake";
import { AnswerDeadlineError, AnswerTooLongError } from "./transport";
import { UntrustedCertificateError } from "./trust";

/** What it means for a call that no whole answer came. `seconds` is the time that it had. */
export function connectionError(call: Call, error: unknown, seconds: number): Error {
  const cause = error as NodeJS.ErrnoException;
  if (error instanceof AnswerTooLongError) {
    const wayOut = runAgain(call, `check that ${call.endpoint} is an Element cluster's management address`);
    return new UnexpectedAnswerError(explain(call, error.message, wayOut), { cause });
  }
  if (error instanceof UntrustedCertificateError) {
    return new ClusterCertificateError(
      explain(call, `${call.endpoint} is not trusted: ${error.message}`, error.wayOut),
    );
  }
  if (error instanceof HandshakeError) {
    return new ClusterHandshakeError(explain(call, `${call.endpoint} ${error.message}`, error.wayOut), { cause });
  }
  if (error instanceof AnswerDeadlineError) {
    const reason = `${call.endpoint} gave no complete answer within ${seconds} seconds`;
    const wayOut = runAgain(call, "check the network and the cluster's health");
    return new ClusterTimeoutError(explain(call, reason, wayOut), { cause });
  }
  const reason = `${call.endpoint} gave no answer (${cause.code ?? cause.name}: ${cause.message})`;
  const wayOut = runAgain(call, "check the address, the network and that the cluster is up");
  return new ClusterUnreachableError(explain(call, reason, wayOut), { cause });
}
