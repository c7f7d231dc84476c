import { RefusalError } from "../../chassis/system";
import type { Refusal, VCenterError } from "../vcenter/errors";
import { Any, type ManagedObjectReference, Structure, type Value } from "./values";

/** A typed fault on its way into a SOAP answer. */
export class SoapFault extends RefusalError {
  override readonly name = "SoapFault";
  /** With its members. */
  readonly detail: Structure;

  /** @param type as the XML schema names it */
  constructor(type: string, message: string, members: Readonly<Record<string, Value>> = {}) {
    super(message);
    this.detail = new Structure(type, members);
  }
}

export const runtimeFault = (message: string): SoapFault => new SoapFault("RuntimeFault", message);

export const invalidRequest = (message: string): SoapFault => new SoapFault("InvalidRequest", message);

export const invalidArgumentFault = (invalidProperty: string): SoapFault =>
  new SoapFault("InvalidArgument", `A specified parameter was not correct: ${invalidProperty}`, { invalidProperty });

export const notAuthenticated = (object: ManagedObjectReference): SoapFault =>
  new SoapFault("NotAuthenticated", "The session is not authenticated.", { object, privilegeId: "System.View" });

export const noSuchObject = (obj: ManagedObjectReference): SoapFault =>
  new SoapFault(
    "ManagedObjectNotFound",
    `The object '${obj.type}:${obj.value}' has already been deleted or has not been completely created`,
    { obj },
  );

const types: Record<Refusal, string> = {
  alreadyExists: "RuntimeFault",
  invalidArgument: "InvalidArgument",
  unexpectedInput: "InvalidRequest",
  notFound: "RuntimeFault",
  noSuchPath: "RuntimeFault",
  resourceInUse: "ResourceInUse",
  notAllowed: "InvalidState",
  unauthorized: "NoPermission",
  error: "RuntimeFault",
};

/** The fault in which this door tells a refusal. */
export function faultOf(error: VCenterError): SoapFault {
  const { refusal, message, property } = error;
  return new SoapFault(types[refusal], message, refusal === "invalidArgument" ? { invalidProperty: property } : {});
}

/** A fault as a value, such as the error of a task. */
export const localizedFault = ({ detail, message }: SoapFault): Structure =>
  new Structure("LocalizedMethodFault", { fault: new Any(detail), localizedMessage: message });
