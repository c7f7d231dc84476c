import { isEkmError } from "../../provider/core/errors";
import { readCertificates, writePem } from "../../provider/pki";

/** The folder, beside the program, that the certificates lie in. */
export const CERTIFICATES_FOLDER = "certificates";

/** A file of certificates within the project. */
export const certificateFile = (name: string): string => `${CERTIFICATES_FOLDER}/${name}`;

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

/** The certificates of a text, in order, without what stands around them; a text that cannot be read, as it is. */
export function readableCertificates(text: string): string {
  try {
    return readCertificates(text)
      .map(({ raw }) => writePem("CERTIFICATE", raw))
      .join("");
  } catch (error) {
    if (isEkmError(error)) return text;
    throw error;
  }
}
