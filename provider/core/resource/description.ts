import type { CheckFailure } from "../lifecycle";
import { type Kind, opaque, type ValueOf } from "./kinds";

/** A property of a resource. */
export interface Property {
  readonly kind: Kind<unknown>;
  /** The words for users. */
  readonly doc: string;
  /** It may be absent. */
  readonly optional?: true;
  /** It means nothing to whoever reads a plan. */
  readonly hidden?: true;
  /** It says how or when somebody looked, and nothing of the object: whoever compares leaves it out. */
  readonly incidental?: true;
}

/** What a program gives. Unless it is `unseen`, it is an output as well. */
export interface Argument extends Property {
  /** The meaning of leaving it out, as documentation writes it, where state stays without it. */
  readonly usual?: string;
  /** Check writes this in where it is left out. */
  readonly filled?: string | number;
  /** An output has it even where the argument was left out. */
  readonly always?: true;
  /** The words for users about the output, where they are others. */
  readonly output?: string;
  /** It tells a run what to do, and nothing about the object: no output. */
  readonly unseen?: true;
  /** Another value is another object. */
  readonly replaces?: true;
  /** Its value must not be printed: a private key, or texts among which there may be one. */
  readonly confidential?: true;
  /** A class takes a resource in its place, and the value, and what is `wired`, from that. */
  readonly refersTo?: Reference;
  /** No argument of a class, which takes it from the resources that others refer to. */
  readonly inferred?: true;
  /** The engine keeps it as a secret: a private key, or a PEM text, which would fill a preview line by line. */
  readonly secret?: true;
}

/** Resources of which an argument can be given. */
export interface Reference {
  /** Tokens. */
  readonly resources: readonly [string, ...string[]];
  /** Which output of the resource the value is. Default: that of the input's own name, or the id. */
  readonly output?: string;
  /** The value itself is no argument of a class. */
  readonly only?: true;
  /** Name of the class's argument that takes the resource, where it is not that of the input. */
  readonly as?: string;
  /** What a user reads of that argument, where the value has one of its own beside it. */
  readonly doc?: string;
}

/** A value that a program gets. */
export interface Output extends Property {
  /** It stays the same as long as the object exists. */
  readonly stable?: true;
  readonly secret?: true;
  /** A class works it out from other outputs and its arguments: it changes with the program, and state has it later. */
  readonly derived?: true;
}

type Properties<P extends Property> = Readonly<Record<string, P>>;

/** Methods of a system's API, with their purpose where it is not the object itself. */
export interface Calls {
  readonly purpose?: string;
  readonly methods: readonly string[];
}

/** All that is said of a resource, once. Types, checks, classes, pages and schemas follow from it. */
export interface Description {
  /** Such as `element:KeyServer`. */
  readonly token: string;
  readonly doc: string;
  readonly calls?: readonly Calls[];
  /** Codes of the errors that are its own; those of the connection are not repeated. */
  readonly errors?: readonly string[];
  /** What a program does instead of taking over what exists, of a resource without the argument `adopt`. */
  readonly insteadOfAdopting?: string;
  /** What state alone has of it: without state, the next run makes another one. */
  readonly inStateAlone?: string;
  /** A component declares it: it has no class of its own. */
  readonly inComponent?: true;
  /** The object is in use where it exists: no successor can stand beside it, and a replacement deletes first. */
  readonly deletesFirst?: true;
  /** A system has one of it, and its id is what tells that system from every other one. */
  readonly single?: true;
  /** Calls that may take so long that a user sets a limit. */
  readonly waits?: readonly ("create" | "update" | "delete")[];
  readonly arguments: Properties<Argument>;
  /** Inputs that no program gives: a class takes them from the resources that are its arguments. */
  readonly wired?: Properties<Property>;
  /** Inputs that check keeps from one run to the next, and that nobody is shown. */
  readonly kept?: Properties<Property>;
  /** Values that check works out, so that a plan shows them before they are so. */
  readonly foreseen?: Properties<Output>;
  /**
   * Properties that check sets to the wanted value and read to the present one, so that a plan names the difference.
   */
  readonly expected?: Properties<Output>;
  readonly outputs: Properties<Output>;
  /** Values that state holds for the next run alone. */
  readonly internal?: Properties<Property>;
}

/** Holds a description to its form, and keeps its own type. */
export const resource = <const D extends Description>(description: D): D => description;

/** The form of a state that is on some system, or ages: a newer release's is refused. */
export const versioned = { stateVersion: { kind: opaque<1>(), incidental: true, doc: "Form of the state." } } as const;

/**
 * The mark of an object that a read has found to differ from its declaration, until an update. A difference that the
 * program did not bring about is refused where it is mended, and not at plan time.
 */
export const drifting = {
  drifted: { kind: opaque<true>(), hidden: true, doc: "It was found not to be what was declared." },
} as const;

type Flat<T> = { [Name in keyof T]: T[Name] } & {};
type Given<P> = P extends object ? P : Record<never, never>;
type OptionalNames<P> = { [Name in keyof P]: P[Name] extends { optional: true } ? Name : never }[keyof P];
type FilledNames<P> = { [Name in keyof P]: P[Name] extends { filled: string | number } ? Name : never }[keyof P];
type AlwaysNames<P> = {
  [Name in keyof P]: P[Name] extends { always: true } | { filled: string | number } ? Name : never;
}[keyof P];
type Values<P> = { -readonly [Name in keyof P]: P[Name] extends { kind: infer K } ? ValueOf<K> : never };

/** Types of properties. Those that are optional in the description are optional in the type, but for `present`. */
type Fields<P, Present = never> = Omit<Values<P>, Exclude<OptionalNames<P>, Present>> &
  Partial<Pick<Values<P>, Exclude<OptionalNames<P>, Present>>>;

/** The values of a group of properties. */
export type FieldsOf<P> = Flat<Fields<P>>;

/** Inputs as check leaves them. */
export type InputsOf<D extends Description> = Flat<
  Fields<D["arguments"], FilledNames<D["arguments"]>> &
    Fields<Given<D["wired"]>> &
    Partial<Values<Given<D["kept"]>> & Values<Given<D["foreseen"]>> & Values<Given<D["expected"]>>>
>;

/** Outputs as state holds them. */
export type OutputsOf<D extends Description> = Flat<
  Fields<D["arguments"], AlwaysNames<D["arguments"]>> &
    Fields<Given<D["wired"]>> &
    Partial<Values<Given<D["kept"]>>> &
    Fields<Given<D["foreseen"]>> &
    Fields<Given<D["expected"]>> &
    Fields<D["outputs"]> &
    Fields<Given<D["internal"]>>
>;

type ShownNames<P> = { [Name in keyof P]: P[Name] extends { unseen: true } | { hidden: true } ? never : Name }[keyof P];

/** The outputs that a user is shown. */
export type ShownOf<D extends Description> = Pick<
  OutputsOf<D>,
  keyof OutputsOf<D> &
    (
      | ShownNames<D["arguments"]>
      | ShownNames<Given<D["wired"]>>
      | keyof Given<D["foreseen"]>
      | keyof Given<D["expected"]>
      | keyof D["outputs"]
    )
>;

type ReplacingNames<P> = { [Name in keyof P]: P[Name] extends { replaces: true } ? Name : never }[keyof P];

/** The arguments of which another value is another object. */
export const replacingIn = <D extends Description>({ arguments: given }: D): ReplacingNames<D["arguments"]>[] =>
  Object.entries(given).flatMap(([name, { replaces }]) => (replaces ? [name as ReplacingNames<D["arguments"]>] : []));

/** Inputs, as far as they are no findings, that state holds. */
export function declaredIn<D extends Description>({ arguments: given, wired, kept }: D, state: object): InputsOf<D> {
  const names = new Set([given, wired, kept].flatMap((group) => Object.keys(group ?? {})));
  return Object.fromEntries(Object.entries(state).filter(([name]) => names.has(name))) as InputsOf<D>;
}

/** All that inputs and state may have of a resource. */
export const propertiesIn = ({
  arguments: given,
  wired,
  kept,
  foreseen,
  expected,
  outputs,
  internal,
}: Description): Properties<Property> => ({
  ...given,
  ...wired,
  ...kept,
  ...foreseen,
  ...expected,
  ...outputs,
  ...internal,
});

/** The values that check works out. */
export type ForeseenOf<D extends Description> = Flat<Fields<Given<D["foreseen"]>>>;

/** Arguments with their defaults, as check fills them in. */
export const withDefaults = <D extends Description>({ arguments: described }: D, news: InputsOf<D>): InputsOf<D> => ({
  ...news,
  ...Object.fromEntries(
    Object.entries(described)
      .filter(([name, { filled }]) => filled !== undefined && Object(news)[name] === undefined)
      .map(([name, { filled }]) => [name, filled]),
  ),
});

/** What of a state are inputs: given by a program, taken from other resources, or left by check. */
export function inputsIn<D extends Description>(description: D, state: Partial<OutputsOf<D>>): InputsOf<D> {
  const { arguments: given, wired, kept, foreseen, expected } = description;
  const seen = Object.entries(given).filter(([, { unseen }]) => !unseen);
  const names = Object.keys({ ...Object.fromEntries(seen), ...wired, ...kept, ...foreseen, ...expected });
  const found = names.map((name) => [name, Object(state)[name]]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found);
}

/**
 * Complaints about single arguments, and about what was taken from other resources, in the order of the description. A default
 * is filled in before. An expected value comes from state where a program ignores its changes.
 */
export const checkArguments = (
  { arguments: given, wired = {}, expected = {} }: Pick<Description, "arguments" | "wired" | "expected">,
  news: object,
): CheckFailure[] => [
  ...Object.entries({ ...given, ...wired }).flatMap(([name, argument]) =>
    complaintsAbout(name, argument, Object(news)[name]),
  ),
  ...Object.entries(expected).flatMap(([name, { kind, doc }]) =>
    complaintsAbout(name, { kind, doc, optional: true }, Object(news)[name]),
  ),
];

function complaintsAbout(name: string, { kind, optional, confidential }: Argument, value: unknown): CheckFailure[] {
  if (optional && value === undefined) return [];
  return kind
    .complaints(value)
    .map(({ path, reason }) =>
      confidential ? { property: "", reason: `${name}${path} ${reason}` } : { property: `${name}${path}`, reason },
    );
}
