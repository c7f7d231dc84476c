import type { Subject } from "../pki";
import type { Identity, OnCluster } from "./identity";

export interface KeyPairInputs extends OnCluster {
  subject?: Subject;
  regenerate?: string;
  adopt?: string;
}

export interface KeyPairOutputs extends Identity, KeyPairInputs {
  /** Of the key pair that the cluster has. */
  publicKeyFingerprint: string;
  /** Of the key pair that this resource made or accepted last. */
  recordedPublicKeyFingerprint: string;
}
