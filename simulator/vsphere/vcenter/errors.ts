import { RefusalError } from "../../chassis/system";

/** Causes of a refusal, which each door tells in its own way. */
export const REFUSALS = [
  "alreadyExists",
  "invalidArgument",
  "unexpectedInput",
  "notFound",
  "noSuchPath",
  "resourceInUse",
  "notAllowed",
  "unauthorized",
  "error",
] as const;

export type Refusal = (typeof REFUSALS)[number];

/** This vCenter refuses what it is asked for. */
export class VCenterError extends RefusalError {
  override readonly name = "VCenterError";

  /** @param property the argument that is to blame, as its API spells it */
  constructor(
    readonly refusal: Refusal,
    message: string,
    readonly property?: string,
  ) {
    super(message);
  }
}

export const invalidArgument = (property: string, message: string): VCenterError =>
  new VCenterError("invalidArgument", message, property);
