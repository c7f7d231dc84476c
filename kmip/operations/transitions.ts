import { nameIn, RevocationReason, type RevocationReasonName } from "../enums";
import { OperationFailure } from "../failure";
import { required, text } from "../fields";
import { activated, destroyed, revoked } from "../lifecycle";
import type { StoredObject } from "../managed-object";
import { Tag } from "../tags";
import { type OperationContext, type OperationHandler, objectOf } from "./operation";

export const activate: OperationHandler = (payload, context) =>
  keep(activated(objectOf(payload, context), context.now), context);

export const revoke: OperationHandler = (payload, context) => {
  const reason = required(payload, Tag.RevocationReason, "Structure");
  const code = required(reason, Tag.RevocationReasonCode, "Enumeration");
  if (!Object.values<number>(RevocationReason).includes(code)) {
    throw new OperationFailure("InvalidField", `unknown revocation reason ${code}`);
  }
  const name = nameIn(RevocationReason, code) as RevocationReasonName;
  return keep(revoked(objectOf(payload, context), name, context.now), context);
};

export const destroy: OperationHandler = (payload, context) =>
  keep(destroyed(objectOf(payload, context), context.now), context);

function keep(object: StoredObject, { store }: OperationContext) {
  store.put(object);
  return [text(Tag.UniqueIdentifier, object.uid)];
}
