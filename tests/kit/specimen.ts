import type fc from "fast-check";
import type { Description, InputsOf } from "../../provider/core/resource/description";
import type { Material } from "./material";

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
}

/** The same, held to the description of its resource. */
export type SpecimenOf<D extends Description> = Specimen & {
  generators(material: Material): Generators<InputsOf<D>, D>;
};
