import type { ResultReasonName } from "./enums";

/** Thrown by the server's operations: the failure to answer with. */
export class OperationFailure extends Error {
  override readonly name = "OperationFailure";

  constructor(
    readonly reason: ResultReasonName,
    message: string,
  ) {
    super(message);
  }
}
