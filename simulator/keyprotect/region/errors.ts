import { RefusalError } from "../../chassis/system";
import { type Refusal, type RefusalOnWire, refusalsOnWire } from "./refusals";
import type { Switches } from "./switches";

/** The part of a request that is to blame, as IBM names it. */
export interface Target {
  type: "field" | "query_param" | "header";
  name: string;
}

/** A refusal on its way into an error collection, or into IAM's own shape. */
export class ServiceError extends RefusalError {
  override readonly name = "ServiceError";

  constructor(
    readonly refusal: Refusal,
    message: string,
    readonly target?: Target,
  ) {
    super(message);
  }

  onWire({ errorCodes, errorStatuses }: Switches): RefusalOnWire {
    const usual: RefusalOnWire = refusalsOnWire[this.refusal];
    return {
      status: errorStatuses[this.refusal] ?? usual.status,
      code: (errorCodes[this.refusal] ?? usual.code) || undefined,
    };
  }
}

export const invalidField = (name: string, must: string): ServiceError =>
  new ServiceError("invalidField", `The field \`${name}\` must be: ${must}`, { type: "field", name });
