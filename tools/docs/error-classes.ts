import * as ts from "typescript";
import { docComment, sourceFilesIn } from "../typescript/sources";

/** An error that a user may be shown. */
export interface ErrorClass {
  code: string;
  /** The class's doc comment. */
  meaning: string;
}

/** Every class with a code of this package in the sources. */
export const errorClasses = (): ErrorClass[] => ["provider", "sdk", "cli"].flatMap(sourceFilesIn).flatMap(classesIn);

const classesIn = ({ statements }: ts.SourceFile): ErrorClass[] =>
  statements.filter(ts.isClassDeclaration).flatMap((declaration) => {
    const code = codeOf(declaration);
    return code === undefined ? [] : [{ code, meaning: docComment(declaration).replace(/\s+/g, " ") }];
  });

const codeOf = ({ members }: ts.ClassDeclaration): string | undefined =>
  members
    .filter(ts.isPropertyDeclaration)
    .filter(({ name }) => name.getText() === "code")
    .map(({ initializer }) => (initializer && ts.isStringLiteral(initializer) ? initializer.text : ""))
    .find((text) => text.startsWith("EKM_"));
