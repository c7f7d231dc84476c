import { Singleton } from "../../core/singleton";
import { element } from "./system";

/** Objects of which a cluster has one. */
export const singletons = {
  keyPair: new Singleton(element, "key pair"),
  certificateSigningRequest: new Singleton(element, "certificate signing request"),
  masterKey: new Singleton(element, "master key"),
  hardwareEncryption: new Singleton(element, "hardware encryption"),
};

/** A key server has one attachment. */
export const attachmentOf = ({ keyServer }: { keyServer: string }) =>
  new Singleton(element, `attachment of key server ${keyServer}`);
