import { type Attribute, decodeAttributes } from "../attributes";
import { optional, text } from "../fields";
import { isDestroyed, type ManagedObject } from "../managed-object";
import { Tag } from "../tags";
import { encodeTtlv } from "../ttlv";
import { attributesOf } from "./object-attributes";
import type { OperationHandler } from "./operation";

/** Newest first, as the standard asks. */
export const locate: OperationHandler = (payload, { store }) => {
  const wanted = decodeAttributes(payload);
  const offset = Math.max(optional(payload, Tag.OffsetItems, "Integer") ?? 0, 0);
  const maximum = optional(payload, Tag.MaximumItems, "Integer") ?? Number.POSITIVE_INFINITY;
  return store
    .all()
    .reverse()
    .filter((object) => !isDestroyed(object) && hasEach(object, wanted))
    .slice(offset, offset + Math.max(maximum, 0))
    .map(({ uid }) => text(Tag.UniqueIdentifier, uid));
};

function hasEach(object: ManagedObject, wanted: Attribute[]): boolean {
  const attributes = attributesOf(object);
  return wanted.every(({ name, value }) => {
    const encoded = encodeTtlv(value);
    return attributes.some((attribute) => attribute.name === name && encodeTtlv(attribute.value).equals(encoded));
  });
}
