import { ShapeError } from "../../../../connections/https/shapes";
import type { ManagedObjectReference } from "../types";
import { many, maybe, name, one, type Read, reference, struct, text } from "./reading";
import { type Part, part, referencePart, typed } from "./writing";
import type { XmlElement } from "./xml";

/** An object with those of the properties that were asked for which it has. */
export interface ObjectProperties {
  reference: ManagedObjectReference;
  properties: ReadonlyMap<string, XmlElement>;
}

/** What the property collector gives at a time, and the token for more of it. */
export interface Page {
  objects: ObjectProperties[];
  token?: string;
}

const MOST_OBJECTS_A_PAGE = 500;

/** Asks for properties of one object. */
export const ofObject = (object: ManagedObjectReference, paths: readonly string[]): Part[] => [
  filter(object.type, paths, [referencePart("obj", object)]),
  part("options", []),
];

/** Asks for properties of all that a view shows. */
export const inView = (view: ManagedObjectReference, type: string, paths: readonly string[]): Part[] => {
  const traversal = [part("type", "ContainerView"), part("path", "view"), part("skip", false)];
  return [
    filter(type, paths, [
      referencePart("obj", view),
      part("skip", true),
      typed("selectSet", "TraversalSpec", traversal),
    ]),
    part("options", [part("maxObjects", MOST_OBJECTS_A_PAGE)]),
  ];
};

const filter = (type: string, paths: readonly string[], objectSet: readonly Part[]): Part =>
  part("specSet", [
    part("propSet", [part("type", type), part("all", false), ...paths.map((path) => part("pathSet", path))]),
    part("objectSet", objectSet),
  ]);

const properties = (element: XmlElement, path: string): ReadonlyMap<string, XmlElement> =>
  new Map(
    many((each, at) => [one(name)(each, "name", at), one((value) => value)(each, "val", at)] as const)(
      element,
      "propSet",
      path,
    ),
  );

const objectContent: Read<ObjectProperties> = (element, path) => ({
  reference: one(reference)(element, "obj", path),
  properties: properties(element, path),
});

/** Nothing at all is told where there is no object. */
export const page: Read<Page> = (answer, path) =>
  maybe(struct<{ objects: ObjectProperties[]; token?: string }>({ objects: many(objectContent), token: maybe(text) }))(
    answer,
    "returnval",
    path,
  ) ?? { objects: [] };

/** A property that was asked for of one object. */
export function property({ objects }: Page, of: ManagedObjectReference, path: string): XmlElement | undefined {
  const [first, ...more] = objects;
  if (first === undefined || more.length > 0 || first.reference.value !== of.value) {
    throw new ShapeError("answer.returnval.objects", objects, `the one object ${of.value}`);
  }
  return first.properties.get(path);
}
