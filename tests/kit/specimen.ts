import type fc from "fast-check";
import type { Description, InputsOf } from "../../provider/core/resource/description";
import type { Material } from "./material";
import type { SystemScene } from "./scene";

export type Arguments = Record<string, unknown>;

/** A generator for each input that a class passes; one that is added needs one. */
type Generators<Inputs, D extends Description> = {
  [Name in keyof Inputs & (keyof D["arguments"] | keyof D["wired"])]-?: fc.Arbitrary<Inputs[Name] | undefined>;
} & { [Name in keyof Inputs & keyof D["expected"]]?: fc.Arbitrary<Inputs[Name]> };

/** Arguments that spoil passing ones: what they are, the property that is refused for it, and words of the reason. */
export type Row = [what: string, args: Arguments, property: string | undefined, words?: string];

/** In place of a property that is refused. */
export const PASSES = undefined;

/** What theme suites take a resource of any system through. */
export interface Specimen {
  /** Values that mean something; together they mostly pass. */
  generators(material: Material): Readonly<Record<string, fc.Arbitrary<unknown>>>;
  /** What outputs add to inputs. */
  recorded(material: Material): object;
  /** Arguments that pass, for each row to spoil some of. */
  passing(material: Material): Arguments;
  rows(material: Material): Row[];
  /** Arguments that a class declares a resource with, where it needs any. */
  declared?: object;
  /** Whether a check of these arguments looks at the system. By default none does. */
  looks?(args: Arguments): boolean;
  /** Of a resource that makes calls to a system. */
  onSystem?: OnSystem;
}

export type Operation = "refresh" | "up" | "destroy";

/** In place of how a resource is imported. */
export const NOT_IMPORTABLE = "EKM_NOT_IMPORTABLE";

/** What theme suites do with a resource on simulated systems, whose stages are named in the theatre of the system. */
export interface OnSystem<Scene extends SystemScene = SystemScene, Stage extends string = string> {
  /** Arguments that describe what the furnished stage has; made by hand, it is adopted. */
  existing(scene: Scene): Arguments;
  /** A change of these that a run would carry out. */
  change: Arguments;
  /** Arguments of another one on that stage. By default of what exists. */
  another?(scene: Scene): Arguments | Promise<Arguments>;
  /** Arguments that are no part of what is compared with state. */
  notCompared?: readonly string[];
  /** A comparison of changed arguments looks at the system. */
  looksInComparison?: true;
  /** Operations that ask nobody but for the system's identity: they leave nothing to look at. */
  inStateAlone?: readonly Operation[];
  imported: Imported<Scene, Stage> | typeof NOT_IMPORTABLE;
  /** Where a system has no more than one of it, or one between the same ends. */
  only: Only<Scene, Stage> | false;
  adopting?: Adopting<Scene, Stage>;
}

/** How a resource is read from an id and a connection alone. */
export interface Imported<Scene extends SystemScene, Stage extends string> {
  stage: Stage;
  /** Of what is there; the system's identity where it is left out. */
  id?: string | ((scene: Scene) => string);
  /** Arguments that describe what is there. */
  declared(scene: Scene): Arguments;
  /** What is read, as far as it matters. */
  outputs?(scene: Scene): object;
}

/** A resource that two names of one system cannot both declare. */
export interface Only<Scene extends SystemScene, Stage extends string> {
  stage: Stage;
  args(scene: Scene): Arguments;
  /** Where it exists it is in use, and a replacement is refused. */
  irreplaceable?: true;
}

/** How a resource takes over what exists. */
export interface Adopting<Scene extends SystemScene, Stage extends string> {
  stage: Stage;
  args(scene: Scene): Arguments | Promise<Arguments>;
  /** Words of the line by which the first preview says so. */
  says: string;
}

/** Who can adopt says how. */
type Adopts<D extends Description, S extends SystemScene, Stage extends string> = D["arguments"] extends {
  adopt: object;
}
  ? { adopting: Adopting<S, Stage> }
  : { adopting?: never };

/** Who makes calls is taken through its system. */
type Calls<D extends Description, S extends SystemScene, Stage extends string> = D extends { calls: object }
  ? { onSystem: OnSystem<S, Stage> & Adopts<D, S, Stage> }
  : { onSystem?: never };

/** The same, held to the description of its resource, and to the simulated system that it is on. */
export type SpecimenOf<
  D extends Description,
  Scene extends SystemScene = SystemScene,
  Stage extends string = never,
> = Omit<Specimen, "onSystem"> &
  Calls<D, Scene, Stage> & {
    generators(material: Material): Generators<InputsOf<D>, D>;
  };
