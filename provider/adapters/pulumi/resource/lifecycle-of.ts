import type { AnyLifecycle } from "../../../core/lifecycle";
import type { NamedSystem } from "../../../core/system";
import { entryOf } from "../../../systems/registry";
import { journalled } from "../../process/journal/journalled";
import { savesEachStep } from "../engine";
import { carrying } from "./carried-inputs";
import { unknownResource } from "./newer-state";
import { warningOfUnsaved } from "./unsaved";

/** The lifecycle of a resource by its token in the registry, or in that of a newer release, as the engine's calls meet it. */
export function lifecycleOf(token: string): AnyLifecycle {
  const entry = entryOf(token);
  if (entry === undefined) return unknownResource(token);
  const { lifecycle, description, system } = entry;
  const whole = journalled(carrying(lifecycle as AnyLifecycle, system), description, system);
  return savesEachStep(process.env) ? whole : warningOfUnsaved(whole, description);
}

/** The system of a resource; `undefined` where it is on none, or its kind is of a newer release. */
export const systemOf = (token: string): NamedSystem | undefined => entryOf(token)?.system;
