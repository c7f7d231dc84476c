import type { Description } from "../../provider/core/resource/description";
import type { SpecimenOf } from "../kit/specimen";
import type { Scene, Stage } from "./stage";

/** Held to the description of its resource. */
export type KeyProtectSpecimenOf<D extends Description> = SpecimenOf<D, Scene, Stage>;
