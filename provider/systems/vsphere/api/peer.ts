import type { Peer } from "../../../connections/https/peer";
import type { Place } from "../../../core/errors";

/** What failures call a vCenter. */
export const VCENTER: Peer = {
  noun: "vcenter",
  service: "a vCenter Server",
  certificateInstallation: "Certificate Management of the vSphere Client",
  // By the Automation API, and then by the Web Services API.
  passingErrors: new Set([
    "SERVICE_UNAVAILABLE",
    "CONCURRENT_CHANGE",
    "RESOURCE_BUSY",
    "ConcurrentAccess",
    "TaskInProgress",
  ]),
};

/** A vCenter as errors name it. */
export const vcenterPlace = (name: string): Place => ({ noun: VCENTER.noun, name });
