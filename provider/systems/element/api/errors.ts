import { ApiError, UnexpectedAnswerError } from "../../../connections/errors";

/** HTTP 404: at this address nothing serves this version of the API. No method has run. */
export class ApiNotServedError extends UnexpectedAnswerError {}

/** The cluster refused a call, in its own words. */
export class ElementApiError extends ApiError {
  readonly code = "EKM_ELEMENT_API";
}
