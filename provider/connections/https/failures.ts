import {
  ConnectionCertificateError,
  ConnectionHandshakeError,
  ConnectionLoginError,
  ConnectionTimeoutError,
  ConnectionUnreachableError,
  ProxyError,
  UnexpectedAnswerError,
} from "../errors";
import { type Call, explain, runAgain } from "./call";
import { LoginRefusedError } from "./credentials";
import { HandshakeError } from "./handshake";
import { networkFailure } from "./network-error";
import type { Peer } from "./peer";
import { AnswerDeadlineError, AnswerTooLongError } from "./transport";
import { UntrustedCertificateError } from "./trust";
import { TunnelError } from "./tunnel";

/**
 * What it means for a call that no whole answer came; `error` itself where neither the network nor the peer is to blame.
 * `seconds` is the time that it had.
 */
export function connectionError(call: Call, { noun, service }: Peer, error: unknown, seconds: number): unknown {
  const cause = error as Error;
  const place = call.via === undefined ? call.endpoint : `${call.endpoint}, through ${call.via},`;
  if (error instanceof AnswerTooLongError) {
    const wayOut = runAgain(call, `check that ${call.endpoint} is ${service}`);
    return new UnexpectedAnswerError(explain(call, error.message, wayOut), { cause });
  }
  if (error instanceof UntrustedCertificateError) {
    return new ConnectionCertificateError(explain(call, `${place} is not trusted: ${error.message}`, error.wayOut));
  }
  if (error instanceof LoginRefusedError) return new ConnectionLoginError(explain(call, error.message, error.wayOut));
  if (error instanceof HandshakeError) {
    return new ConnectionHandshakeError(explain(call, `${place} ${error.message}`, error.wayOut), { cause });
  }
  if (error instanceof AnswerDeadlineError) {
    const reason = `${place} gave no complete answer within ${seconds} seconds`;
    const wayOut = runAgain(call, `check the network and the ${noun}'s health`);
    return new ConnectionTimeoutError(explain(call, reason, wayOut), { cause });
  }
  if (error instanceof TunnelError) {
    return new ProxyError(explain(call, error.message, runAgain(call, error.wayOut)), error.mayPass, { cause });
  }
  const why = networkFailure(error);
  if (why === undefined) return error;
  const reason = `${place} gave no answer (${why})`;
  const wayOut = runAgain(call, `check the address, the network and that the ${noun} is up`);
  return new ConnectionUnreachableError(explain(call, reason, wayOut), { cause });
}
