import { ApiError } from "../../../connections/errors";
import { ExplainedError } from "../../../core/errors";

/** The vCenter refused a call, in its own words: at once, or as the end of the task that it made of it. */
export class VsphereApiError extends ApiError {
  readonly code = "EKM_VSPHERE_API";
}

/** A task of the vCenter failed, and no error that its API documents says why. */
export class TaskFailedError extends ExplainedError {
  readonly code = "EKM_TASK_FAILED";
}

/** A task of the vCenter still runs at the deadline. */
export class TaskDeadlineError extends ExplainedError {
  readonly code = "EKM_TASK_DEADLINE";
}

/** What a call was about is not there, or not any more. */
export const isGone = (error: unknown): error is VsphereApiError =>
  error instanceof VsphereApiError && (error.vendorName === "NOT_FOUND" || error.vendorName === "NotFound");

/** What a call was to make is there already. */
export const isThere = (error: unknown): error is VsphereApiError =>
  error instanceof VsphereApiError && ["ALREADY_EXISTS", "AlreadyExists"].includes(error.vendorName);

/** What a look finds; a vCenter may refuse a look at what is not there. */
export async function ifThere<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
