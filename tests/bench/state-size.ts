import { readFileSync } from "node:fs";
import { type ExportedResource, isDeclared, nameOf } from "./graph";

/** Bytes of one resource in an exported state, without indentation. */
export interface ResourceSize {
  resource: string;
  bytes: number;
  /** Of these, bytes of the stub: the provider's text, kept with the inputs and with the outputs. */
  stubBytes: number;
}

export function sizesOf(resources: readonly ExportedResource[]): ResourceSize[] {
  return resources.filter(isDeclared).map((resource) => ({
    resource: `${resource.type.slice(resource.type.lastIndexOf("/") + 1)} ${nameOf(resource)}`,
    bytes: bytesOf(resource),
    stubBytes: stubBytes(resource.inputs) + stubBytes(resource.outputs),
  }));
}

function stubBytes(properties: Record<string, unknown> = {}): number {
  const { __provider: stub } = properties;
  return stub === undefined ? 0 : bytesOf("__provider") + bytesOf(stub) + ":,".length;
}

/** Of a file of JSON, without its indentation. */
export const bytesOfFile = (file?: string): number =>
  file === undefined ? 0 : bytesOf(JSON.parse(readFileSync(file, "utf8")));

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
