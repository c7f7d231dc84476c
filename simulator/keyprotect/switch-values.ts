import { isObject } from "../chassis/json-object";
import { amount, boolean, oneOf, type SwitchValues, type Values } from "../chassis/switch-values";
import { SERVICE_METHODS } from "./http/methods";
import { isRefusal, refusalsOnWire } from "./region/refusals";
import type { Switches } from "./region/switches";

const causes = Object.keys(refusalsOnWire).join(", ");

const byCause = (what: string, isValue: (value: unknown) => boolean): Values => ({
  expected: `an object with ${what} for any of ${causes}`,
  includes: (value) =>
    isObject(value) && Object.entries(value).every(([cause, each]) => isRefusal(cause) && isValue(each)),
});

const isStatus = (value: unknown) => Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 599;

/** What each switch takes. */
export const switchValues: SwitchValues<Switches> = {
  propagationSeconds: amount,
  tokenSeconds: amount,
  instanceHeader: oneOf<Switches["instanceHeader"]>("guid", "guidOrCrn"),
  contentType: oneOf<Switches["contentType"]>("vendor", "plain", "asked"),
  beyondPageLimit: oneOf<Switches["beyondPageLimit"]>("refuse", "cap"),
  otherNameLengths: oneOf<Switches["otherNameLengths"]>("refuse", "allow"),
  rootKeyEcho: oneOf<Switches["rootKeyEcho"]>("id", "asGiven"),
  adapterWithObjects: oneOf<Switches["adapterWithObjects"]>("refuseLive", "refuseActive", "destroy"),
  rootKeyProtection: oneOf<Switches["rootKeyProtection"]>("active", "always", "never"),
  forceOverridesProtection: boolean,
  certificateEcho: oneOf<Switches["certificateEcho"]>("asGiven", "normalized"),
  objectID: oneOf<Switches["objectID"]>("uniqueIdentifier", "own"),
  deletedKeys: oneOf<Switches["deletedKeys"]>("shown", "gone"),
  deletedKeysKeepAliases: boolean,
  adapterLimit: amount,
  certificateLimit: amount,
  keyRingLimit: amount,
  rotationPauseSeconds: amount,
  actionPauseSeconds: amount,
  restoreDays: amount,
  purgeHours: amount,
  purgeDays: amount,
  errorCodes: byCause("a text", (value) => typeof value === "string"),
  errorStatuses: byCause("a status from 400 to 599", isStatus),
  deniedMethods: {
    expected: `a list of ${SERVICE_METHODS.join(", ")}`,
    includes: (value) => Array.isArray(value) && value.every((each) => SERVICE_METHODS.includes(each)),
  },
  clockOffsetSeconds: { expected: "a number", includes: (value) => Number.isFinite(value) },
};
