import { readFileSync } from "node:fs";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

/** A program in TypeScript as JavaScript: compiling it on every run would hide what is measured. */
export function compileProgram(file: string): string {
  const { outputText } = transpileModule(readFileSync(file, "utf8"), {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  });
  return outputText;
}
