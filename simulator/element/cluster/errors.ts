import { RefusalError } from "../../chassis/system";
import { defaultErrorNames, type Refusal } from "./refusals";
import type { Switches } from "./switches";

/** A refusal on its way to the `error` member of an answer. */
export class ApiError extends RefusalError {
  override readonly name = "ApiError";

  constructor(
    readonly refusal: Refusal,
    message: string,
  ) {
    super(message);
  }

  /** The name on the wire. */
  apiName(switches: Switches): string {
    const configured = switches.errorNames[this.refusal];
    if (configured !== undefined) return configured;
    return this.refusal === "asyncHandleDoesNotExist" ? switches.unknownHandleError : defaultErrorNames[this.refusal];
  }
}
