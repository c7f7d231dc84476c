import "./core/node/required";

import { DynamicProvider } from "./adapters/pulumi/dynamic/provider";
import { lifecycleOf, systemOf } from "./adapters/pulumi/resource/lifecycle-of";
import { Runtime } from "./adapters/pulumi/runtime";

let runtime: Runtime | undefined;

/**
 * The stub in every stack's state calls this function: states of every release load the installed package by this name,
 * for ever. `token` is a resource's token in the registry, such as `element:KeyServer`, or in that of a newer release.
 */
export function dynamic(token: string): DynamicProvider {
  runtime ??= start();
  return new DynamicProvider(lifecycleOf(token), runtime, systemOf(token));
}

function start(): Runtime {
  // The engine's address is the last argument of the process that serves dynamic providers: --logflow and --tracing put
  // arguments of theirs before it.
  const started = new Runtime(process.argv.slice(2).at(-1));
  const end = () => started.close().finally(() => process.exit(0));
  // The engine's way to end a provider: it waits for a moment, then kills.
  process.once("SIGINT", end);
  // A killed engine leaves its provider processes behind: without it they write nothing, and nobody hears what they say.
  started.whenEngineIsGone(end);
  return started;
}
