import { getEngine } from "../../tools/engine";

/** Gets the engine once for all workers, who then find it on PATH, and says what the wait is for. */
export default async function globalSetup(): Promise<void> {
  const engine = await getEngine({ progress: (line) => process.stderr.write(`${line}\n`) });
  process.env.PATH = engine.env().PATH;
}
