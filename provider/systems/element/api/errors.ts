import { ApiError, UnexpectedAnswerError } from "../../../connections/errors";
import { ExplainedError } from "../../../core/errors";

/** The cluster's API is older than what a method needs. */
export class ApiVersionError extends ExplainedError {
  readonly code = "EKM_API_VERSION";
}

/** HTTP 404: at this address nothing serves this version of the API. No method has run. */
export class ApiNotServedError extends UnexpectedAnswerError {}

/** The cluster refused a call, in its own words. */
export class ElementApiError extends ApiError {
  readonly code = "EKM_ELEMENT_API";
}
