import { ApiError } from "../../../connections/errors";
import type { Explanation } from "../../../core/errors";

/** Key Protect refused a call, in its own words. */
export class KeyProtectApiError extends ApiError {
  readonly code = "EKM_KEY_PROTECT_API";

  constructor(
    explanation: Explanation,
    vendorName: string,
    /** Of HTTP. */
    readonly status: number,
  ) {
    super(explanation, vendorName);
  }
}

/** What a call was about is not there, or not any more. */
export const isGone = (error: unknown): error is KeyProtectApiError =>
  error instanceof KeyProtectApiError && (error.status === 404 || error.status === 410);
