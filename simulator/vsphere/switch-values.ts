import { isObject } from "../chassis/json-object";
import { amount, boolean, oneOf, type SwitchValues } from "../chassis/switch-values";
import { REST_METHODS, SOAP_METHODS } from "./methods";
import { REFUSALS } from "./vcenter/errors";
import type { Switches } from "./vcenter/switches";

const METHODS: readonly unknown[] = [...REST_METHODS, ...SOAP_METHODS];

const isRefused = (cause: string, status: unknown): boolean =>
  REFUSALS.some((refusal) => refusal === cause) &&
  Number.isInteger(status) &&
  Number(status) >= 400 &&
  Number(status) <= 599;

/** What each switch takes. */
export const switchValues: SwitchValues<Switches> = {
  healthLagSeconds: amount,
  healthAfterChange: oneOf<Switches["healthAfterChange"]>("none", "before"),
  mixedHealth: oneOf<Switches["mixedHealth"]>("WARNING", "ERROR", "OK"),
  keyServerTimeoutSeconds: amount,
  trustsIssued: boolean,
  taskSeconds: amount,
  taskRetentionSeconds: amount,
  errorChannel: oneOf<Switches["errorChannel"]>("http", "task"),
  withoutTaskParameter: oneOf<Switches["withoutTaskParameter"]>("refuse", "startTask"),
  taskOperationSuffix: boolean,
  missingCertificate: oneOf<Switches["missingCertificate"]>("notFound", "empty"),
  mismatchedCertificate: oneOf<Switches["mismatchedCertificate"]>("refuse", "accept"),
  certificateWithoutKey: oneOf<Switches["certificateWithoutKey"]>("signedRequest", "refuse"),
  emptyTextClears: boolean,
  emptyServerList: boolean,
  serverUpdate: oneOf<Switches["serverUpdate"]>("merge", "replace"),
  afterPrimaryKeyChange: oneOf<Switches["afterPrimaryKeyChange"]>("readable", "lost"),
  protectsUsedTrustedProvider: boolean,
  protectsUsedProvider: boolean,
  protectsDefaultProvider: boolean,
  lastServerEndsProvider: boolean,
  noDefaultIsFault: boolean,
  errorStatuses: {
    expected: `an object with a status from 400 to 599 for any of ${REFUSALS.join(", ")}`,
    includes: (value) => isObject(value) && Object.entries(value).every(([cause, status]) => isRefused(cause, status)),
  },
  sessionIdleSeconds: amount,
  deniedMethods: {
    expected: `a list of ${METHODS.join(", ")}`,
    includes: (value) => Array.isArray(value) && value.every((each) => METHODS.includes(each)),
  },
  clockOffsetSeconds: { expected: "a number", includes: (value) => Number.isFinite(value) },
};
