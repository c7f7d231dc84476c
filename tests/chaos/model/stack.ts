import type { Road } from "../../engine/acceptance/lab";
import type { StateResource } from "../../engine/harness";
import type { NumberedCall } from "../strike-point";
import { KINDS, type Kind } from "./declaration";

/** What happens in the middle of a run, at one of its calls to the cluster. */
export interface Interruption {
  /** A run that makes fewer calls is not interrupted. */
  call: NumberedCall;
  /** Before it is sent, or after it is answered. */
  moment: "before" | "after";
  /** The run is killed, its provider process with it or not; it is asked to stop; or something happens elsewhere. */
  strike: "kill" | "kill the engine alone" | "SIGINT" | (() => Promise<void>);
}

export interface RunOptions {
  refresh?: boolean;
  target?: Kind;
  interruption?: Interruption;
}

/** What became of a run. */
export interface RunReport {
  succeeded: boolean;
  killed: boolean;
  /** The stable codes of its errors, besides the engine's own {@link REFUSED_BY_CHECK} and {@link UNTARGETED}. */
  codes: string[];
  /** What was done to resources, such as `update key`. */
  steps: string[];
  /** Everything that it printed. */
  output: string;
  /** Everything that it left in files. */
  kept: string;
}

/** A failed check has no code: the engine shows the property's path. */
export const REFUSED_BY_CHECK = "check";
/** A targeted resource needs one that does not exist and is not targeted, or is not there itself to be refreshed. */
export const UNTARGETED = "untargeted";

/** A program and its state, run by an engine. */
export interface Stack {
  readonly name: string;
  declare(road: Road): void;
  up(options?: RunOptions): Promise<RunReport>;
  refresh(): Promise<RunReport>;
  preview(): Promise<RunReport>;
  destroy(options?: Pick<RunOptions, "interruption">): Promise<RunReport>;
  /** What state holds of the program. */
  resources(): StateResource[];
}

const TYPES: Record<Kind, string> = {
  pair: "element:KeyPair",
  request: "element:CertificateSigningRequest",
  certificate: "pki:SignedCertificate",
  server: "element:KeyServer",
  provider: "element:KeyProvider",
  attachment: "element:KeyServerAttachment",
  key: "element:MasterKey",
};

export const tokenOf = (kind: Kind): string => TYPES[kind];

export function kindOf(urn: string): Kind {
  const kind = KINDS.find((each) => urn.includes(`/${TYPES[each]}::`));
  if (kind === undefined) throw new Error(`${urn} is no resource of the road`);
  return kind;
}
