import { encodeAttribute } from "../attributes";
import { all, text } from "../fields";
import { Tag } from "../tags";
import { attributesOf } from "./object-attributes";
import { type OperationHandler, objectOf } from "./operation";

/** The attributes named, or all of them; a name that the object does not have is passed over, as the standard says. */
export const getAttributes: OperationHandler = (payload, context) => {
  const object = objectOf(payload, context);
  const wanted = new Set(all(payload, Tag.AttributeName, "TextString"));
  const attributes = attributesOf(object).filter(({ name }) => wanted.size === 0 || wanted.has(name));
  return [text(Tag.UniqueIdentifier, object.uid), ...attributes.map(encodeAttribute)];
};

export const getAttributeList: OperationHandler = (payload, context) => {
  const object = objectOf(payload, context);
  const names = new Set(attributesOf(object).map(({ name }) => name));
  return [text(Tag.UniqueIdentifier, object.uid), ...[...names].map((name) => text(Tag.AttributeName, name))];
};
