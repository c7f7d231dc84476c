import { type Call, explain, runAgain } from "./call";
import { ClusterCertificateError, ClusterTimeoutError, ClusterUnreachableError, UnexpectedAnswerError } from "./errors";
import { AnswerTooLongError, PinMismatchError } from "./transport";

const CERTIFICATE_ERRORS = /CERT|SELF_SIGNED|ERR_TLS_|UNABLE_TO_/;

/** What it means for a call that no whole answer came. `seconds` is the time that it had. */
export function connectionError(call: Call, error: unknown, seconds: number, timedOut: boolean): Error {
  const cause = error as NodeJS.ErrnoException;
  if (error instanceof AnswerTooLongError) {
    const wayOut = runAgain(call, `check that ${call.endpoint} is an Element cluster's management address`);
    return new UnexpectedAnswerError(explain(call, error.message, wayOut), { cause });
  }
  if (error instanceof PinMismatchError) {
    const wayOut =
      "if the cluster's certificate was replaced on purpose, pin the new fingerprint as fingerprint256; otherwise somebody poses as the cluster";
    return new ClusterCertificateError(explain(call, error.message, wayOut));
  }
  if (CERTIFICATE_ERRORS.test(cause.code ?? "")) {
    const wayOut =
      "give the authority's certificate as caCertificate or the certificate's fingerprint as fingerprint256";
    return new ClusterCertificateError(explain(call, `${cause.code}: ${cause.message}`, wayOut), { cause });
  }
  if (timedOut) {
    const reason = `${call.endpoint} gave no complete answer within ${seconds} seconds`;
    const wayOut = runAgain(call, "check the network and the cluster's health");
    return new ClusterTimeoutError(explain(call, reason, wayOut), { cause });
  }
  const reason = `${call.endpoint} gave no answer (${cause.code ?? cause.name}: ${cause.message})`;
  const wayOut = runAgain(call, "check the address, the network and that the cluster is up");
  return new ClusterUnreachableError(explain(call, reason, wayOut), { cause });
}
