import type { RekeyState } from "../../provider/element/api/types";
import { isMethod } from "./catalogue";
import { defaultErrorNames } from "./cluster/refusals";
import type { Switches } from "./cluster/switches";
import { isObject } from "./methods/parameters";

interface Values {
  /** As a complaint names them. */
  expected: string;
  includes(value: unknown): boolean;
}

const boolean: Values = { expected: "true or false", includes: (value) => typeof value === "boolean" };

const amount: Values = {
  expected: "a number that is not negative",
  includes: (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
};

function oneOf<T extends string>(...texts: T[]): Values {
  return { expected: texts.map(quoted).join(" or "), includes: (value) => texts.some((text) => text === value) };
}

const rekeyStates: RekeyState[] = [
  "CreateNewMasterKey",
  "RewrapDataEncryptionKeys",
  "DecommissionOldMasterKey",
  "Ready",
];

const allowed: Record<keyof Switches, Values> = {
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

/**
 * Refuses a switch that does not exist or has a value that means nothing, so that a misspelt one is not silently without effect.
 *
 * @throws RangeError naming the switches that there are, or the values that the switch takes
 */
export function checkSwitches(given: Record<string, unknown>): Partial<Switches> {
  for (const [name, value] of Object.entries(given)) {
    if (!isSwitch(name)) {
      throw new RangeError(`there is no switch named ${name}; there are ${Object.keys(allowed).join(", ")}`);
    }
    const { expected, includes } = allowed[name];
    if (!includes(value)) throw new RangeError(`switch ${name} takes ${expected}, not ${JSON.stringify(value)}`);
  }
  return given as Partial<Switches>;
}

function isSwitch(name: string): name is keyof Switches {
  return Object.hasOwn(allowed, name);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
