import { join } from "node:path";
import * as ts from "typescript";
import { projectRoot } from "../engine/paths";

/** A source of the project and all that it imports, with their types. */
export function programFrom(entry: string): ts.Program {
  const { config } = ts.readConfigFile(join(projectRoot, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, projectRoot);
  return ts.createProgram([entry], { ...options, noEmit: true });
}
