import { Singleton } from "../../core/singleton";
import { element } from "./system";

/** What exists once on a cluster. */
export const singletons = {
  keyPair: new Singleton(element, "key pair"),
  certificateSigningRequest: new Singleton(element, "certificate signing request"),
  masterKey: new Singleton(element, "master key"),
  hardwareEncryption: new Singleton(element, "hardware encryption"),
};

/** A key server has one. */
export const attachmentOf = ({ keyServer }: { keyServer: string }) =>
  new Singleton(element, `attachment of key server ${keyServer}`);
