/** The kind of system at the other end of a connection, in the words that failures need. */
export interface Peer {
  /** The noun for such a system, such as `cluster`. */
  noun: string;
  /** The service at the right address, such as `an Element cluster's management address`. */
  service: string;
  /** The way to install a certificate of its own, such as the method that does it. */
  certificateInstallation: string;
  /** Names of the errors that it documents as passing, with the remedy to try again. */
  passingErrors: ReadonlySet<string>;
}
