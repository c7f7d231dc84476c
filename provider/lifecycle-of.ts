import { carrying } from "./carried-inputs";
import type { AnyLifecycle } from "./dynamic";
import { journalled } from "./journal/journalled";
import { unknownResource } from "./newer-state";
import { registry } from "./registry";

/** The lifecycle of a resource by its token in the registry, or in that of a newer release, as the engine's calls meet it. */
export function lifecycleOf(token: string): AnyLifecycle {
  const known: Readonly<Record<string, { lifecycle: unknown }>> = registry;
  return Object.hasOwn(known, token)
    ? journalled(carrying(known[token]?.lifecycle as AnyLifecycle))
    : unknownResource(token);
}
