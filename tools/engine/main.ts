import { EngineUnavailableError, getEngine } from ".";

/** Makes sure that there is an engine and says which one. */
async function main(): Promise<void> {
  const engine = await getEngine({ progress: (line) => console.error(line) });
  console.log(`pulumi ${engine.version} (${engine.source}): ${engine.pulumi}`);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error instanceof EngineUnavailableError ? error.message : error);
    process.exit(1);
  },
);
