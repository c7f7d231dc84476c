import { randomBytes, randomUUID } from "node:crypto";
import { type Attribute, CUSTOM_PREFIX, decodeAttributes, nameValueOf } from "../attributes";
import { CryptographicAlgorithm, ObjectType } from "../enums";
import { OperationFailure } from "../failure";
import { enumeration, required, text, typedValue } from "../fields";
import { DEFAULT_USAGE_MASK, isDestroyed, type StoredObject } from "../managed-object";
import type { ManagedObjects } from "../store";
import { Tag } from "../tags";
import type { OperationContext, OperationHandler } from "./operation";

const AES_LENGTHS = [128, 192, 256];

/** What the template of a Create asks for. */
interface Template {
  algorithm?: number;
  length?: number;
  usageMask: number;
  names: string[];
  customAttributes: Record<string, string>;
}

export const create: OperationHandler = (payload, context) => {
  if (required(payload, Tag.ObjectType, "Enumeration") !== ObjectType.SymmetricKey) {
    throw new OperationFailure("InvalidField", "only symmetric keys can be created");
  }
  const attributes = decodeAttributes(required(payload, Tag.TemplateAttribute, "Structure"));
  const object = newKey(readTemplate(attributes, context), context);
  assertNamesAreFree(context.store, object.names);
  context.store.put(object);
  context.idPlaceholder = object.uid;
  return [enumeration(Tag.ObjectType, ObjectType.SymmetricKey), text(Tag.UniqueIdentifier, object.uid)];
};

function newKey({ algorithm, length, ...rest }: Template, { now, custody }: OperationContext): StoredObject {
  if (algorithm !== CryptographicAlgorithm.AES) throw new OperationFailure("InvalidField", "only AES keys are made");
  if (length === undefined || !AES_LENGTHS.includes(length)) {
    throw new OperationFailure("InvalidField", `the cryptographic length must be one of ${AES_LENGTHS.join(", ")}`);
  }
  return {
    uid: randomUUID(),
    objectType: "SymmetricKey",
    algorithm: "AES",
    length,
    ...rest,
    state: "PreActive",
    dates: { initial: now, lastChange: now },
    material: custody.seal(randomBytes(length / 8)),
  };
}

function readTemplate(attributes: Attribute[], context: OperationContext): Template {
  const template: Template = { usageMask: DEFAULT_USAGE_MASK, names: [], customAttributes: {} };
  for (const attribute of attributes) {
    const { name, value } = attribute;
    if (name === "Cryptographic Algorithm") template.algorithm = typedValue(value, "Enumeration");
    else if (name === "Cryptographic Length") template.length = typedValue(value, "Integer");
    else if (name === "Cryptographic Usage Mask") template.usageMask = typedValue(value, "Integer");
    else if (name === "Name") template.names.push(nameValueOf(attribute));
    else if (name.startsWith(CUSTOM_PREFIX) && context.customAttributes) {
      template.customAttributes[name] = typedValue(value, "TextString");
    } else throw new OperationFailure("InvalidField", `the attribute ${name} cannot be set`);
  }
  return template;
}

export function assertNamesAreFree(store: ManagedObjects, names: string[]): void {
  const taken = new Set(store.all().flatMap((object) => (isDestroyed(object) ? [] : object.names)));
  for (const name of names) {
    if (taken.has(name)) throw new OperationFailure("InvalidField", `the name ${name} is taken`);
    taken.add(name);
  }
}
