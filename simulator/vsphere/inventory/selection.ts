import { invalidRequest } from "../soap/faults";
import {
  type Kind,
  optional,
  readMembers,
  reference,
  repeated,
  required,
  structure,
  text,
  truth,
} from "../soap/parameters";
import type { ManagedObjectReference } from "../soap/values";

/** Which properties of which objects somebody wants. */
export interface FilterSpec {
  reportMissingObjectsInResults?: boolean;
  propSet: PropertySpec[];
  objectSet: ObjectSpec[];
}

export interface PropertySpec {
  type: string;
  all?: boolean;
  pathSet: string[];
}

export interface ObjectSpec {
  obj: ManagedObjectReference;
  skip?: boolean;
  selectSet: Selection[];
}

/** A way on from objects of a type, or the name of one that is given elsewhere. */
export interface Selection {
  name?: string;
  type?: string;
  path?: string;
  skip?: boolean;
  selectSet: Selection[];
}

const selection: Kind<Selection> = (element) => {
  const read = readMembers<Selection>(element.name, element.children, {
    name: optional(text),
    type: optional(text),
    path: optional(text),
    skip: optional(truth),
    selectSet: repeated(selection),
  });
  if ((read.type === undefined) === (read.path === undefined)) return read;
  throw invalidRequest("a traversal has a type and a path");
};

export const filterSpec: Kind<FilterSpec> = structure<FilterSpec>({
  propSet: repeated(structure<PropertySpec>({ type: required(text), all: optional(truth), pathSet: repeated(text) })),
  objectSet: repeated(
    structure<ObjectSpec>({ obj: required(reference), skip: optional(truth), selectSet: repeated(selection) }),
  ),
  reportMissingObjectsInResults: optional(truth),
});
