import type { CertificateDescription } from "../pki";
import type { Identity, OnCluster } from "./identity";
import type { Named } from "./ownership";

export interface KeyServerInputs extends OnCluster, Named, Partial<CertificatesInWords> {
  hostnames: string[];
  port?: number;
  caCertificate: string;
  clientCertificate: string;
  publicKeyFingerprint?: string;
  tested?: boolean;
}

/** Beside the PEM texts, for whoever reads a preview. */
export interface CertificatesInWords {
  clientCertificateDescription: CertificateDescription;
  /** Absent where the client certificate stands alone. */
  clientCertificateIssuerDescriptions?: CertificateDescription[];
  caCertificateDescriptions: CertificateDescription[];
}

export interface KeyServerOutputs extends Identity, KeyServerInputs {
  keyServerID: number;
  /** The cluster reached the server and could use it. */
  tested: boolean;
}
