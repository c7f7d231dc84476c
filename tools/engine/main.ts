import { EngineUnavailableError, getEngine } from ".";
import { getLanguageHost, languages } from "./language-hosts";

/** Makes sure that there is an engine, with `--languages` hosts of other languages as well, and says which ones. */
async function main(): Promise<void> {
  const progress = (line: string) => console.error(line);
  const engine = await getEngine({ progress });
  console.log(`pulumi ${engine.version} (${engine.source}): ${engine.pulumi}`);
  if (!process.argv.includes("--languages")) return;
  for (const language of languages) console.log(`${language}: ${await getLanguageHost(language, { progress })}`);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error instanceof EngineUnavailableError ? error.message : error);
    process.exit(1);
  },
);
