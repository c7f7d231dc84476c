/** A value of an argument: texts, numbers, truths, leaves of another kind, lists and objects of them. `undefined` members are left out. */
export type Tree<Leaf> =
  | string
  | number
  | boolean
  | Leaf
  | readonly Tree<Leaf>[]
  | { readonly [name: string]: Tree<Leaf> | undefined };

/** A value as a plan has it. */
export type Value = Tree<Expression>;

export type Properties = Readonly<Record<string, Value | undefined>>;

/** What each language writes in its own way. */
export type Expression = Reference | CertificateFile | ConnectionName;

/** A resource of the program by its variable, or an output of that. */
export class Reference {
  readonly expression = "reference";

  constructor(
    readonly variable: string,
    readonly output?: string,
  ) {}
}

/** The certificates (PEM) of a file that lies beside the program. */
export class CertificateFile {
  readonly expression = "certificates";

  constructor(readonly name: string) {}
}

/** The name of the system's connection. */
export class ConnectionName {
  readonly expression = "connection";
}

const isExpression = (value: Value | undefined): value is Expression =>
  value instanceof Reference || value instanceof CertificateFile || value instanceof ConnectionName;

/** A value with each of its expressions exchanged. */
export function exchanged<Leaf>(value: Value, exchange: (expression: Expression) => Tree<Leaf>): Tree<Leaf> {
  if (isExpression(value)) return exchange(value);
  if (isList(value)) return value.map((member) => exchanged(member, exchange));
  return typeof value === "object"
    ? Object.fromEntries(membersOf<Expression>(value).map(([name, member]) => [name, exchanged(member, exchange)]))
    : value;
}

/** Every expression in a value. */
export function expressionsIn(value: Value | undefined): Expression[] {
  if (isExpression(value)) return [value];
  return typeof value === "object" ? membersOf<Expression>(value).flatMap(([, member]) => expressionsIn(member)) : [];
}

export const isList = <Leaf>(value: Tree<Leaf>): value is readonly Tree<Leaf>[] => Array.isArray(value);

/** What an object has. */
export const membersOf = <Leaf>(object: object): [name: string, value: Tree<Leaf>][] =>
  Object.entries<Tree<Leaf> | undefined>(object as Record<string, Tree<Leaf>>).flatMap(
    ([name, value]): [string, Tree<Leaf>][] => (value === undefined ? [] : [[name, value]]),
  );
