import type { Description } from "../../../core/resource/description";
import { registry } from "../../../systems/registry";
import { journalled } from "../../process/journal/journalled";
import { carrying } from "./carried-inputs";
import { unknownResource } from "./newer-state";
import type { AnyLifecycle } from "./provider";

/** The lifecycle of a resource by its token in the registry, or in that of a newer release, as the engine's calls meet it. */
export function lifecycleOf(token: string): AnyLifecycle {
  const known: Readonly<Record<string, { description: Description; lifecycle: unknown }>> = registry;
  const entry = Object.hasOwn(known, token) ? known[token] : undefined;
  if (entry === undefined) return unknownResource(token);
  return journalled(carrying(entry.lifecycle as AnyLifecycle), entry.description);
}
