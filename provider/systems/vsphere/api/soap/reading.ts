import { ShapeError } from "../../../../connections/https/shapes";
import { displayable } from "../texts";
import type { ManagedObjectReference } from "../types";
import type { XmlElement } from "./xml";

/**
 * Reads an element as what the schema documents.
 *
 * @throws ShapeError
 */
export type Read<T> = (element: XmlElement, path: string) => T;

/** What an element has no children of, PEM with its lines. */
export const text: Read<string> = ({ text: content }) => displayable(content);

export const name: Read<string> = (element, path) => {
  const content = text(element, path);
  if (content === "") throw new ShapeError(path, content, "a text that is not empty");
  return content;
};

export const truth: Read<boolean> = ({ text: content }, path) => {
  const known = TRUTHS[content.trim()];
  if (known === undefined) throw new ShapeError(path, content, "true or false");
  return known;
};

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, "1": true, false: false, "0": false };

export const integer: Read<number> = ({ text: content }, path) => {
  if (!/^\s*-?\d{1,15}\s*$/.test(content)) throw new ShapeError(path, content, "a whole number");
  return Number(content);
};

export const oneOf =
  <T extends string>(...values: readonly T[]): Read<T> =>
  (element, path) => {
    const content = text(element, path);
    const known = values.find((value) => value === content);
    if (known === undefined) throw new ShapeError(path, content, values.map((value) => `"${value}"`).join(" or "));
    return known;
  };

/** A managed object, by the type that an attribute names. */
export const reference: Read<ManagedObjectReference> = (element, path) => {
  if (element.type === undefined || element.type === "") throw new ShapeError(`${path}.type`, undefined, "a text");
  return { type: displayable(element.type), value: name(element, path) };
};

/** The only child of a name. */
export function child(element: XmlElement, member: string, path: string): XmlElement {
  const found = maybeChild(element, member, path);
  if (found === undefined) throw new ShapeError(`${path}.${member}`, undefined, "an element");
  return found;
}

export function maybeChild({ children }: XmlElement, member: string, path: string): XmlElement | undefined {
  const [first, ...more] = children.filter((each) => each.name === member);
  if (more.length > 0) throw new ShapeError(`${path}.${member}`, [first, ...more], "one element");
  return first;
}

/** How a member is found in its element. */
type Member<T> = (parent: XmlElement, member: string, path: string) => T;

export const one =
  <T>(read: Read<T>): Member<T> =>
  (parent, member, path) =>
    read(child(parent, member, path), `${path}.${member}`);

export const maybe =
  <T>(read: Read<T>): Member<T | undefined> =>
  (parent, member, path) => {
    const found = maybeChild(parent, member, path);
    return found && read(found, `${path}.${member}`);
  };

/** As often as it is there, which may be never. */
export const many =
  <T>(read: Read<T>): Member<T[]> =>
  (parent, member, path) =>
    parent.children
      .filter((each) => each.name === member)
      .map((each, index) => read(each, `${path}.${member}[${index}]`));

/** Members that are not named decide nothing. */
export const struct =
  <T extends object>(members: { [K in keyof Required<T>]: Member<T[K]> }): Read<T> =>
  (element, path) => {
    const read = Object.entries(members as Record<string, Member<unknown>>).map(
      ([member, find]) => [member, find(element, member, path)] as const,
    );
    return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as T;
  };
