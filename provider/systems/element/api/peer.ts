import type { Peer } from "../../../connections/https/peer";
import type { Place } from "../../../core/errors";

/** How failures speak of an Element cluster, with the errors that its reference documents. */
export const ELEMENT: Peer = {
  noun: "cluster",
  service: "an Element cluster's management address",
  certificateInstallation: "SetSSLCertificate",
  passingErrors: new Set(["xDBVersionMismatch", "xDBConnectionLoss"]),
};

/** A cluster as errors name it. */
export const clusterPlace = (name: string): Place => ({ noun: ELEMENT.noun, name });
