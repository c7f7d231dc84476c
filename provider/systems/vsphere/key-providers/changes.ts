import type { CertSignRequest } from "../api/types";
import type { KeyProvider } from "../observed/key-providers";

/**
 * Writes to the key providers of one family. A write that returns may still be on its way where the vCenter has forgotten
 * its task: whoever writes looks afterwards.
 */
export interface KeyProviderChanges {
  /** Makes a provider with one server: the others are added to it. */
  create(provider: KeyProvider, password?: string): Promise<void>;
  /** Makes a provider that was found into the wanted one: servers are added before any is removed. */
  update(found: KeyProvider, wanted: KeyProvider, password?: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Accepts these certificates from servers. A trusted provider then accepts no other; a standard one keeps what it has. */
  trust(name: string, certificates: readonly string[]): Promise<void>;
  /** Has the vCenter make a key pair and a certificate for itself, and gives it. A trusted provider uses it at once. */
  generateCertificate(name: string): Promise<string>;
  /** Has the vCenter use the certificate that it has made. */
  useGenerated(name: string, certificate: string): Promise<void>;
  /** Has the vCenter make a key pair and a signing request, and gives that. The one before is of no more use. */
  requestSigning(name: string, subject?: CertSignRequest): Promise<string>;
  /** Has the vCenter use a certificate for the signing request that it has made last. */
  useSigned(name: string, certificate: string): Promise<void>;
  useKeyPair(name: string, certificate: string, privateKey: string): Promise<void>;
}
