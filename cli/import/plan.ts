import type { ResourceToken } from "../../provider/systems/registry";
import type { Remark } from "./remark";
import { expressionsIn, type Properties, Reference } from "./value";

/** Its class, without the name space. */
type ResourceClass = {
  [Token in ResourceToken]: Token extends `${string}:${infer Class}` ? Class : never;
}[ResourceToken];

/** One resource of a program. */
export interface Declaration {
  resource: ResourceClass;
  /** Of the constant that holds it. */
  variable: string;
  logicalName: string;
  args: Properties;
  /** Variables of resources that no argument names. */
  dependsOn?: string[];
  /** Outputs of it that are outputs of the program. */
  exports?: Export[];
  /** What it is on its system, in a few words. */
  description: Remark;
  remarks: Remark[];
}

export interface Export {
  name: string;
  /** Of the resource. */
  output: string;
  /** A sentence about it. */
  doc: string;
}

/** What a program declares, and what only a person can decide. */
export interface Plan {
  /** The system within a sentence, such as `cluster "storage-1" (uniqueID a7k3)`. */
  system: Remark;
  /** Name of the system's connection. */
  connection: string;
  /** Logical name of what exists once on the system, and of the project. */
  name: string;
  /** In the order of their wiring. */
  declarations: Declaration[];
  /** Certificates (PEM) by the name of their file. */
  certificates: ReadonlyMap<string, string>;
  /** About the system as a whole, and about what the program does not declare. */
  remarks: Remark[];
}

/** The variables of a program that something in it names: the others need none. */
export const namedVariables = ({ declarations }: Plan): ReadonlySet<string> =>
  new Set(
    declarations.flatMap(({ variable, args, dependsOn = [], exports = [] }) => [
      ...expressionsIn(args).flatMap((expression) => (expression instanceof Reference ? [expression.variable] : [])),
      ...dependsOn,
      ...exports.map(() => variable),
    ]),
  );
