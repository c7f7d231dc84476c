import { Runtime } from "../runtime";
import { type ComponentSchema, Components } from "./construct";
import { NativeProvider } from "./provider";
import { serve } from "./server";

/** The engine starts this process with its own address as the last argument, and reads the port to call from its output. */
async function main(): Promise<void> {
  const rows = new Map<string, string>();
  const engineAddress = process.argv.slice(2).at(-1);
  const runtime = new Runtime(engineAddress, (identity) => rows.get(identity) ?? identity);
  const end = () => runtime.close().finally(() => process.exit(0));
  // The engine's way to end a provider: it waits for a moment, then kills.
  process.once("SIGINT", end);
  // A killed engine leaves its provider processes behind: without it they write nothing, and nobody hears what they say.
  runtime.whenEngineIsGone(end);
  const { version } = require("pulumi-ekm/package.json") as { version: string };
  const schema = require("pulumi-ekm/schema.json") as ComponentSchema;
  const components = new Components(engineAddress, schema);
  const about = { version, schema: JSON.stringify(schema) };
  const port = await serve(new NativeProvider(runtime, rows), components, about);
  process.stdout.write(`${port}\n`);
}

void main();
