import { invalidRequest } from "./faults";
import { ManagedObjectReference } from "./values";
import type { XmlElement } from "./xml";

/** Reads one element. */
export type Kind<T> = (element: XmlElement) => T;

/** Reads the elements of a name. */
export type Parameter<T> = (found: XmlElement[], name: string) => T;

export type Schema<P> = { [Name in keyof P]-?: Parameter<P[Name]> };

export const text: Kind<string> = (element) => element.text;

export const integer: Kind<number> = ({ name, text: given }) => {
  if (/^\s*-?\d{1,10}\s*$/.test(given)) return Number(given);
  throw invalidRequest(`${name} is not a number`);
};

export const truth: Kind<boolean> = ({ name, text: given }) => {
  const value = given.trim();
  if (["true", "1"].includes(value)) return true;
  if (["false", "0"].includes(value)) return false;
  throw invalidRequest(`${name} is neither true nor false`);
};

export const reference: Kind<ManagedObjectReference> = ({ attributes, text: value }) =>
  new ManagedObjectReference(attributes.type ?? "", value.trim());

export const structure =
  <P>(schema: Schema<P>): Kind<P> =>
  (element) =>
    readMembers(element.name, element.children, schema);

export const required =
  <T>(kind: Kind<T>): Parameter<T> =>
  (found, name) => {
    const value = optional(kind)(found, name);
    if (value === undefined) throw invalidRequest(`Required parameter ${name} is missing`);
    return value;
  };

export const optional =
  <T>(kind: Kind<T>): Parameter<T | undefined> =>
  ([element, ...more], name) => {
    if (more.length > 0) throw invalidRequest(`There is more than one ${name}`);
    return element && kind(element);
  };

export const repeated =
  <T>(kind: Kind<T>): Parameter<T[]> =>
  (found) =>
    found.map(kind);

/** @throws SoapFault naming the element that is missing, unknown, or of another kind */
export function readMembers<P>(of: string, children: XmlElement[], schema: Schema<P>): P {
  const stranger = children.find(({ name }) => !Object.hasOwn(schema, name));
  if (stranger) throw invalidRequest(`Unexpected element tag "${stranger.name}" seen in ${of}`);
  const members = Object.entries(schema) as [string, Parameter<unknown>][];
  const read = members.map(([name, parameter]) => [
    name,
    parameter(
      children.filter((child) => child.name === name),
      name,
    ),
  ]);
  return Object.fromEntries(read) as P;
}
