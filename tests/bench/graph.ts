import { isDeepStrictEqual } from "node:util";

/** A resource as the engine exports it. */
export interface ExportedResource {
  urn: string;
  type: string;
  custom: boolean;
  id?: string;
  parent?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[] | null>;
}

/** What the no-op program declares: the graph that another program left in state. */
export interface Graph {
  resources: GraphResource[];
  times: Times;
}

/** Milliseconds that a cluster itself takes for a resource, by its type. */
export type Times = Record<string, { create: number; read: number; remove: number }>;

interface GraphResource {
  urn: string;
  type: string;
  name: string;
  isComponent: boolean;
  id: string | undefined;
  parent: string | undefined;
  dependsOn: string[];
  inputs: Record<string, GraphInput>;
  outputs: Record<string, unknown>;
}

interface GraphInput {
  value: unknown;
  isSecret: boolean;
  /** URNs of the resources that the value came from. */
  from: string[];
}

/** The graph of an exported state, secrets in clear, in an order in which it can be declared. */
export function graphOf(exported: readonly ExportedResource[], times: Times): Graph {
  return { resources: exported.filter(isDeclared).map(toGraph), times };
}

/** Fails when the no-op program declares anything else than what it is compared with. */
export function assertSameGraph(actual: Graph, expected: Graph): void {
  const doubles = new Map(actual.resources.map((resource) => [resource.urn, resource]));
  for (const resource of expected.resources) {
    const double = doubles.get(resource.urn);
    for (const [key, value] of Object.entries(resource)) {
      if (!isDeepStrictEqual(double?.[key as keyof GraphResource], value)) {
        throw new Error(`the no-op program's ${resource.urn} differs in ${key}`);
      }
    }
  }
}

/** Whether a program declares it: stack and default providers come from the engine. */
export const isDeclared = ({ type }: ExportedResource): boolean =>
  type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:");

export const nameOf = ({ urn }: ExportedResource): string => urn.slice(urn.lastIndexOf("::") + 2);

function toGraph(resource: ExportedResource): GraphResource {
  const { urn, type, id, parent, dependencies, propertyDependencies } = resource;
  const inputs = Object.entries(withoutStub(resource.inputs)).map(([key, stored]): [string, GraphInput] => {
    const value = inClear(stored);
    return [key, { value, isSecret: !isDeepStrictEqual(value, stored), from: inOrder(propertyDependencies?.[key]) }];
  });
  return {
    urn,
    type,
    name: nameOf(resource),
    isComponent: !resource.custom,
    id,
    parent,
    dependsOn: inOrder(dependencies),
    inputs: Object.fromEntries(inputs),
    outputs: inClear(withoutStub(resource.outputs)) as Record<string, unknown>,
  };
}

/** The engine writes dependencies down in any order. */
const inOrder = (urns: readonly string[] | null | undefined): string[] => [...(urns ?? [])].sort();

const withoutStub = ({ __provider, ...properties }: Record<string, unknown> = {}) => properties;

/** The value without the wrapping of secrets, at any depth. */
export function inClear(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inClear);
  const { plaintext } = value as { plaintext?: unknown };
  if (SECRET_MARK in value && typeof plaintext === "string") return JSON.parse(plaintext);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inClear(member)]));
}

/** The member by which the engine tells that an object stands for a special value. */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";
