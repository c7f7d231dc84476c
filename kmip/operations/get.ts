import { CryptographicAlgorithm, KeyFormatType, ObjectType } from "../enums";
import { OperationFailure } from "../failure";
import { bytes, enumeration, integer, optional, structure, text } from "../fields";
import type { StoredObject } from "../managed-object";
import { Tag } from "../tags";
import type { TtlvItem } from "../ttlv";
import { type OperationContext, type OperationHandler, objectOf } from "./operation";

export const get: OperationHandler = (payload, context) => {
  const format = optional(payload, Tag.KeyFormatType, "Enumeration") ?? KeyFormatType.Raw;
  if (format !== KeyFormatType.Raw) {
    throw new OperationFailure("KeyFormatTypeNotSupported", "keys are given in the Raw format only");
  }
  if (optional(payload, Tag.KeyWrappingSpecification, "Structure")) {
    throw new OperationFailure("FeatureNotSupported", "keys are given unwrapped only");
  }
  const object = objectOf(payload, context);
  return [
    enumeration(Tag.ObjectType, ObjectType[object.objectType]),
    text(Tag.UniqueIdentifier, object.uid),
    structure(Tag.SymmetricKey, [keyBlock(object, context)]),
  ];
};

function keyBlock({ material, algorithm, length }: StoredObject, { custody }: OperationContext): TtlvItem {
  if (!material) throw new OperationFailure("KeyValueNotPresent", "the key's value is gone");
  return structure(Tag.KeyBlock, [
    enumeration(Tag.KeyFormatType, KeyFormatType.Raw),
    structure(Tag.KeyValue, [bytes(Tag.KeyMaterial, custody.open(material))]),
    enumeration(Tag.CryptographicAlgorithm, CryptographicAlgorithm[algorithm]),
    integer(Tag.CryptographicLength, length),
  ]);
}
