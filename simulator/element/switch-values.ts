import type { RekeyState } from "../../provider/systems/element/api/types";
import { isObject } from "../chassis/json-object";
import { amount, boolean, oneOf, quoted, type SwitchValues } from "../chassis/switch-values";
import { isMethod } from "./catalogue";
import { defaultErrorNames } from "./cluster/refusals";
import type { Switches } from "./cluster/switches";

const rekeyStates: RekeyState[] = [
  "CreateNewMasterKey",
  "RewrapDataEncryptionKeys",
  "DecommissionOldMasterKey",
  "Ready",
];

/** The values of each switch. */
export const switchValues: SwitchValues<Switches> = {
  rekeySeconds: amount,
  rekeyStates: {
    expected: `a list of four out of ${rekeyStates.map(quoted).join(", ")}`,
    includes: (value) =>
      Array.isArray(value) && value.length === 4 && value.every((state) => rekeyStates.includes(state)),
  },
  masterKeyFlip: oneOf<Switches["masterKeyFlip"]>("DecommissionOldMasterKey", "Ready"),
  hardwareEncryptionSeconds: amount,
  enableWhileEnabled: oneOf<Switches["enableWhileEnabled"]>("ignore", "refuse"),
  hardwareEncryption: oneOf<Switches["hardwareEncryption"]>("supported", "nonEncryptableNode", "demo"),
  toggleWhileUnhealthy: oneOf<Switches["toggleWhileUnhealthy"]>("allow", "refuse"),
  multipleServersPerProvider: boolean,
  errorNames: {
    expected: `an object with a text for any of ${Object.keys(defaultErrorNames).join(", ")}`,
    includes: (value) =>
      isObject(value) &&
      Object.entries(value).every(
        ([refusal, name]) => Object.hasOwn(defaultErrorNames, refusal) && typeof name === "string" && name !== "",
      ),
  },
  stateMember: oneOf<Switches["stateMember"]>("state", "status", "both"),
  csrVersion2: boolean,
  unknownHandleError: oneOf<Switches["unknownHandleError"]>("xAsyncHandleDoesNotExist", "xDBNoSuchPath"),
  handleVisibleAfterMs: amount,
  faultCacheSeconds: amount,
  certificateWarningDays: amount,
  addDrivesSeconds: amount,
  driveRecoverySeconds: amount,
  apiVersion: {
    expected: 'a version such as "12.3"',
    includes: (value) => typeof value === "string" && /^\d+\.\d+$/.test(value),
  },
  certificateValidation: oneOf<Switches["certificateValidation"]>("none", "syntax", "keyPair"),
  presentsIssuers: boolean,
  keyPairWhileActive: oneOf<Switches["keyPairWhileActive"]>("allow", "refuse"),
  kmipTimeoutMs: {
    expected: "a number greater than zero",
    includes: (value) => amount.includes(value) && value !== 0,
  },
  deniedMethods: {
    expected: "a list of methods in the API's own spelling",
    includes: (value) => Array.isArray(value) && value.every(isMethod),
  },
  clockOffsetSeconds: { expected: "a number", includes: (value) => Number.isFinite(value) },
};
