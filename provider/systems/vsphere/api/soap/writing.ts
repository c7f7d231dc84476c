import { escapedForXml } from "../texts";
import type { ManagedObjectReference } from "../types";

/** An element in the order in which the schema wants it. */
export type Part = string;

/** An element; nothing for a value that is left out. */
export function part(name: string, value: string | number | boolean | readonly Part[] | undefined): Part {
  if (value === undefined) return "";
  return `<${name}>${typeof value === "object" ? value.join("") : escapedForXml(String(value))}</${name}>`;
}

/** An element whose type another one of the schema stands for. */
export const typed = (name: string, xsiType: string, content: readonly Part[]): Part =>
  `<${name} xsi:type="${xsiType}">${content.join("")}</${name}>`;

export const referencePart = (name: string, reference: ManagedObjectReference | undefined): Part =>
  reference === undefined
    ? ""
    : `<${name} type="${escapedForXml(reference.type)}">${escapedForXml(reference.value)}</${name}>`;

/** A whole request: a method of a managed object, with its parameters in order. */
export const envelope = (method: string, self: ManagedObjectReference, parameters: readonly Part[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/" ` +
  `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Body><${method} xmlns="urn:vim25">` +
  `${referencePart("_this", self)}${parameters.join("")}</${method}></Body></Envelope>`;
