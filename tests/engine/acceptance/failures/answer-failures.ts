import { CALL_FAILURES, type CallFailure } from "../../../element/lies/call-failures";
import { byRule, type Encounter, type Failure, REKEY } from "./failure";

/** To every call of a refresh, to the rekey of an up, to the looks at a running rekey of a destroy. */
const failing = ({ name, rule, code, words }: CallFailure): Failure => ({
  name,
  refresh: { inflict: byRule({ method: "*", ...rule }), code, words },
  up: { inflict: byRule({ method: REKEY, ...rule }), code, words },
  destroy: { inflict: byRule({ method: "GetAsyncResult", ...rule }), code, words },
});

const unknown = (method: string, pointer: string): Encounter => ({
  inflict: byRule({ method, action: { result: { [pointer]: "quantum" } } }),
  code: "EKM_UNEXPECTED_ANSWER",
  words: 'is the text "quantum", not ',
});

const unheardOf: Encounter = {
  inflict: byRule({ method: "*", action: { result: { "/unheardOf": { of: ["anybody"] } } } }),
};

/** Answers that are none, or not what is documented. */
export const ANSWER_FAILURES: Failure[] = [
  ...CALL_FAILURES.filter((failure) => !failure.slow).map(failing),
  {
    name: "unknown value",
    refresh: unknown("GetSoftwareEncryptionAtRestInfo", "/masterKeyInfo/keyManagementType"),
    up: unknown("GetAsyncResult", "/status"),
    destroy: unknown("GetSoftwareEncryptionAtRestInfo", "/state"),
  },
  { name: "unknown member", refresh: unheardOf, up: unheardOf, destroy: unheardOf },
];

/** Answers whose deadline passes. */
export const SLOW_FAILURES: Failure[] = CALL_FAILURES.filter((failure) => failure.slow).map(failing);
