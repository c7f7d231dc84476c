import { registry } from "../../../systems/registry";
import { journalled } from "../../process/journal/journalled";
import { carrying } from "./carried-inputs";
import { unknownResource } from "./newer-state";
import type { AnyLifecycle } from "./provider";

/** The lifecycle of a resource by its token in the registry, or in that of a newer release, as the engine's calls meet it. */
export function lifecycleOf(token: string): AnyLifecycle {
  const known: Readonly<Record<string, { lifecycle: unknown }>> = registry;
  return Object.hasOwn(known, token)
    ? journalled(carrying(known[token]?.lifecycle as AnyLifecycle))
    : unknownResource(token);
}
