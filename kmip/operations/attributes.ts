import {
  type Attribute,
  CUSTOM_PREFIX,
  decodeAttributes,
  encodeAttribute,
  nameAttribute,
  nameValueOf,
} from "../attributes";
import { OperationFailure } from "../failure";
import { all, text, typedValue } from "../fields";
import type { StoredObject } from "../managed-object";
import { Tag } from "../tags";
import { assertNamesAreFree } from "./create";
import { attributesOf } from "./object-attributes";
import { type OperationContext, type OperationHandler, objectOf } from "./operation";

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

/** Another name, or a text attribute of the client's own. Whatever else there is the server sets itself. */
export const addAttribute: OperationHandler = (payload, context) => {
  const object = objectOf(payload, context);
  const [attribute, ...more] = decodeAttributes(payload);
  if (attribute === undefined || more.length > 0) throw new OperationFailure("InvalidField", "not one attribute");
  const changed = { ...object, ...added(attribute, object, context) };
  context.store.put({ ...changed, dates: { ...object.dates, lastChange: context.now } });
  const told = attribute.name === "Name" ? nameAttribute(nameValueOf(attribute), object.names.length) : attribute;
  return [text(Tag.UniqueIdentifier, object.uid), encodeAttribute(told)];
};

function added(
  attribute: Attribute,
  { names, customAttributes }: StoredObject,
  context: OperationContext,
): Partial<StoredObject> {
  const { name, value } = attribute;
  if (name === "Name") {
    const another = nameValueOf(attribute);
    assertNamesAreFree(context.store, [another]);
    return { names: [...names, another] };
  }
  if (!name.startsWith(CUSTOM_PREFIX) || !context.customAttributes) {
    throw new OperationFailure("InvalidField", `the attribute ${name} cannot be set`);
  }
  if (name in customAttributes) throw new OperationFailure("IllegalOperation", `the object has ${name} already`);
  return { customAttributes: { ...customAttributes, [name]: typedValue(value, "TextString") } };
}
