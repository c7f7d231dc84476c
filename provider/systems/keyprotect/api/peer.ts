import type { Peer } from "../../../connections/https/peer";
import type { Place } from "../../../core/errors";

/** What failures call a Key Protect instance. */
export const KEY_PROTECT: Peer = {
  noun: "instance",
  service: "a region's address of the Key Protect API",
  certificateInstallation: "IBM Cloud",
  passingErrors: new Set(),
};

/** What gives the tokens out. */
export const IAM: Peer = {
  noun: "IAM service",
  service: "IBM Cloud IAM",
  certificateInstallation: "IBM Cloud",
  passingErrors: new Set(),
};

/** An instance as errors name it. */
export const instancePlace = (name: string): Place => ({ noun: KEY_PROTECT.noun, name });
