import type { AnyLifecycle } from "../../../core/lifecycle";
import type { Description } from "../../../core/resource/description";
import type { NamedSystem } from "../../../core/system";
import { registry } from "../../../systems/registry";
import { journalled } from "../../process/journal/journalled";
import { carrying } from "./carried-inputs";
import { unknownResource } from "./newer-state";

const CATALOGUE: Readonly<Record<string, { description: Description; lifecycle: unknown; system?: NamedSystem }>> =
  registry;

/** The lifecycle of a resource by its token in the registry, or in that of a newer release, as the engine's calls meet it. */
export function lifecycleOf(token: string): AnyLifecycle {
  const entry = Object.hasOwn(CATALOGUE, token) ? CATALOGUE[token] : undefined;
  if (entry === undefined) return unknownResource(token);
  const { lifecycle, description, system } = entry;
  return journalled(carrying(lifecycle as AnyLifecycle, system), description, system);
}

/** The system that a resource is on; `undefined` for what is on none, or of a newer release. */
export const systemOf = (token: string): NamedSystem | undefined =>
  Object.hasOwn(CATALOGUE, token) ? CATALOGUE[token]?.system : undefined;
