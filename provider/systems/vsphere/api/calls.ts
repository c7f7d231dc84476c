import type { ApiCall } from "../../../core/system";
import { REST_OPERATIONS } from "./rest/operations";
import { SOAP_METHODS } from "./soap/methods";

/** What a vCenter is asked, by the names of both APIs: those of the Automation API begin with a small letter. */
export const CALLS: Readonly<Record<string, ApiCall>> = { ...REST_OPERATIONS, ...SOAP_METHODS };
