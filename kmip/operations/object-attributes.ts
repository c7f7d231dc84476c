import {
  type Attribute,
  DATE_ATTRIBUTES,
  dateAttribute,
  enumerationAttribute,
  integerAttribute,
  type KmipDates,
  nameAttribute,
  textAttribute,
} from "../attributes";
import { CryptographicAlgorithm, ObjectType, State } from "../enums";
import type { ManagedObject } from "../managed-object";

/** Everything about an object that a client may read or search for. */
export function attributesOf(object: ManagedObject): Attribute[] {
  return [
    textAttribute("Unique Identifier", object.uid),
    ...object.names.map((name, index) => nameAttribute(name, index)),
    enumerationAttribute("Object Type", ObjectType[object.objectType]),
    enumerationAttribute("Cryptographic Algorithm", CryptographicAlgorithm[object.algorithm]),
    integerAttribute("Cryptographic Length", object.length),
    integerAttribute("Cryptographic Usage Mask", object.usageMask),
    enumerationAttribute("State", State[object.state]),
    ...dateAttributes(object.dates),
    ...Object.entries(object.customAttributes).map(([name, value]) => textAttribute(name, value)),
  ];
}

function dateAttributes(dates: KmipDates): Attribute[] {
  return (Object.keys(DATE_ATTRIBUTES) as (keyof KmipDates)[]).flatMap((key) => {
    const date = dates[key];
    return date ? [dateAttribute(DATE_ATTRIBUTES[key], date)] : [];
  });
}
