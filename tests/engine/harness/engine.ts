import { type Engine, getEngine } from "../../../tools/engine";

let engine: Promise<Engine> | undefined;

/** The engine that the suite's set-up has made sure of; looked up once per test file. */
export function engineUnderTest(): Promise<Engine> {
  engine ??= getEngine();
  return engine;
}
