import type { Effect } from "../../../provider/core/system";
import type { FaultRule } from "../../../simulator";

/** What a cluster does to every try of a call, and what comes of it. `docs/failures.md` has a line for each. */
export interface CallFailure {
  name: string;
  rule: Omit<FaultRule, "method">;
  /** How often a method of each effect is called. */
  tries: Record<Effect, number>;
  error: string;
  code: string;
  /** In the message. */
  words: string;
  /** Every try ends at its deadline. */
  slow?: true;
}

const ONCE = { read: 1, idempotent: 1, create: 1 };
const READS_AGAIN = { read: 6, idempotent: 1, create: 1 };
const READS_ONCE_MORE = { read: 2, idempotent: 1, create: 1 };

const outOfService = (httpStatus: number): CallFailure => ({
  name: `HTTP ${httpStatus}`,
  rule: { action: { httpStatus } },
  tries: READS_AGAIN,
  error: "ConnectionUnreachableError",
  code: "EKM_CONNECTION_UNREACHABLE",
  words: `HTTP ${httpStatus}`,
});

const unexpected = (name: string, action: FaultRule["action"], words: string): CallFailure => ({
  name,
  rule: { action },
  tries: ONCE,
  error: "UnexpectedAnswerError",
  code: "EKM_UNEXPECTED_ANSWER",
  words,
});

const refused = (name: string, message: string, tries = ONCE): CallFailure => ({
  name,
  rule: { action: { error: { name, message } } },
  tries,
  error: "ElementApiError",
  code: "EKM_ELEMENT_API",
  words: `${name}: ${message}`,
});

/** The cluster's 16 MiB and one byte more. */
const TOO_LONG = 16 * 1024 * 1024 + 1;

export const CALL_FAILURES: CallFailure[] = [
  {
    name: "HTTP 401",
    rule: { action: { httpStatus: 401 } },
    tries: ONCE,
    error: "ConnectionLoginError",
    code: "EKM_CONNECTION_LOGIN",
    words: "HTTP 401",
  },
  {
    name: "HTTP 403",
    rule: { action: { httpStatus: 403 } },
    tries: ONCE,
    error: "PermissionDeniedError",
    code: "EKM_PERMISSION_DENIED",
    words: "HTTP 403",
  },
  {
    name: "xPermissionDenied",
    rule: { action: { error: { name: "xPermissionDenied", message: "not yours" } } },
    tries: ONCE,
    error: "PermissionDeniedError",
    code: "EKM_PERMISSION_DENIED",
    words: "access type administrator",
  },
  {
    name: "HTTP 404",
    rule: { action: { httpStatus: 404 } },
    tries: ONCE,
    error: "ApiNotServedError",
    code: "EKM_UNEXPECTED_ANSWER",
    words: "nothing serves Element API",
  },
  ...[500, 501, 502, 503, 504].map(outOfService),
  {
    name: "null",
    rule: { action: { nullBody: true } },
    tries: READS_AGAIN,
    error: "ConnectionUnreachableError",
    code: "EKM_CONNECTION_UNREACHABLE",
    words: "a node that is starting",
  },
  {
    name: "broken connection",
    rule: { action: { drop: true } },
    tries: READS_AGAIN,
    error: "ConnectionUnreachableError",
    code: "EKM_CONNECTION_UNREACHABLE",
    words: "gave no answer",
  },
  {
    name: "truncated answer",
    rule: { action: { truncate: true } },
    tries: READS_AGAIN,
    error: "ConnectionUnreachableError",
    code: "EKM_CONNECTION_UNREACHABLE",
    words: "gave no answer",
  },
  {
    name: "no answer",
    rule: { action: { silence: true } },
    tries: READS_ONCE_MORE,
    error: "ConnectionTimeoutError",
    code: "EKM_CONNECTION_TIMEOUT",
    words: "no complete answer within 30 seconds",
    slow: true,
  },
  {
    name: "slow answer",
    rule: { action: { dripMs: 500 } },
    tries: READS_ONCE_MORE,
    error: "ConnectionTimeoutError",
    code: "EKM_CONNECTION_TIMEOUT",
    words: "no complete answer within 30 seconds",
    slow: true,
  },
  unexpected("over-long answer", { padToBytes: TOO_LONG }, "longer than 16777216 bytes"),
  unexpected("HTML", { httpStatus: 200, body: "<html>Log in</html>" }, "no JSON object"),
  unexpected("wrong type", { result: { "": [] } }, "result is a list, not an object"),
  refused("xDBVersionMismatch", "try again", { read: 6, idempotent: 6, create: 1 }),
  refused("xDBConnectionLoss", "try again", { read: 6, idempotent: 6, create: 1 }),
  refused("xUnforeseen", "the cluster's own words"),
];
