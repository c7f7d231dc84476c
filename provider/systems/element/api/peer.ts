import type { Peer } from "../../../connections/https/peer";
import type { Place } from "../../../core/errors";

/** What failures call an Element cluster, and what its reference says of its own errors. */
export const ELEMENT: Peer = {
  noun: "cluster",
  service: "an Element cluster's management address",
  certificateInstallation: "SetSSLCertificate",
  passingErrors: new Set(["xDBVersionMismatch", "xDBConnectionLoss"]),
};

/** A cluster as errors name it. */
export const clusterPlace = (name: string): Place => ({ noun: ELEMENT.noun, name });
