import { join } from "node:path";
import * as ts from "typescript";
import { projectRoot } from "../../engine/paths";
import { programFrom } from "../../typescript/sources";

/** The package as a program sees it, with the types behind it. */
export interface Sources {
  checker: ts.TypeChecker;
  /** What `sdk/index.ts` exports: classes and functions by the name that a program writes, such as `element.KeyServer`. */
  exports: ReadonlyMap<string, ts.Symbol>;
}

export function readSources(): Sources {
  const entry = join(projectRoot, "sdk", "index.ts");
  const program = programFrom(entry);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry) as ts.SourceFile);
  if (module === undefined) throw new Error(`${entry} exports nothing`);
  return { checker, exports: new Map(exportsOf(module, "", checker)) };
}

function exportsOf(module: ts.Symbol, prefix: string, checker: ts.TypeChecker): [string, ts.Symbol][] {
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (symbol.flags & ts.SymbolFlags.ValueModule) return exportsOf(symbol, `${exported.name}.`, checker);
    return symbol.flags & ts.SymbolFlags.Value ? [[`${prefix}${exported.name}`, symbol]] : [];
  });
}

/** The file of a declaration, from the project's folder. */
export const fileOf = ({ declarations = [] }: ts.Symbol): string =>
  (declarations[0]?.getSourceFile().fileName ?? "").slice(projectRoot.length + 1);
