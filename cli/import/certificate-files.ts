import { readCertificates, writePem } from "../../provider/pki";

/** The certificates that lie beside the program; equal texts are one file. */
export class CertificateFiles {
  private readonly names = new Map<string, string>();

  /** The name of the file that holds these certificates: an earlier one, or `name`. */
  add(name: string, pem: string): string {
    const known = this.names.get(pem);
    if (known === undefined) this.names.set(pem, name);
    return known ?? name;
  }

  /** Contents by name. */
  get contents(): ReadonlyMap<string, string> {
    return new Map([...this.names].map(([pem, name]) => [name, pem]));
  }
}

/**
 * The certificates of a text that a cluster has, in order, without whatever else stands around them.
 *
 * @throws PemError, CertificateError
 */
export const certificatesAlone = (text: string): string =>
  readCertificates(text)
    .map(({ raw }) => writePem("CERTIFICATE", raw))
    .join("");
