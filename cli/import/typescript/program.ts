import { CERTIFICATES_FOLDER } from "../certificate-files";
import { Code } from "../layout";
import { opening, type ProgramText } from "../opening";
import { type Declaration, namedVariables, type Plan } from "../plan";
import { comment } from "../remark";
import { CertificateFile, ConnectionName, type Expression, exchanged } from "../value";
import { layout, literal } from "./layout";

/** The program that adopts everything: TypeScript, formatted. */
export function programText(plan: Plan, frame: ProgramText): string {
  const { declarations, certificates, connection } = plan;
  const named = namedVariables(plan);
  const paragraphs = [
    opening(plan, frame),
    importLines(plan, frame).join("\n"),
    connection === frame.defaultConnection
      ? ""
      : `/** Name of the ${frame.system.noun}'s connection. */\nconst ${frame.system.noun} = ${literal(connection)};`,
    certificates.size > 0 ? READ_CERTIFICATE : "",
    ...declarations.map((declaration) => declarationText(declaration, frame, named.has(declaration.variable))),
    ...declarations.flatMap(exportsOf),
  ];
  return `${paragraphs.filter((text) => text !== "").join("\n\n")}\n`;
}

function importLines({ certificates }: Plan, { module }: ProgramText): string[] {
  const files = ['import { readFileSync } from "node:fs";', 'import { join } from "node:path";'];
  return [...(certificates.size > 0 ? files : []), `import { ${module} } from "pulumi-ekm";`];
}

const READ_CERTIFICATE = `/** Certificates (PEM) that lie beside this program. */
const certificate = (file: string): string => readFileSync(join(__dirname, "${CERTIFICATES_FOLDER}", file), "utf8");`;

function declarationText(declaration: Declaration, frame: ProgramText, isNamed: boolean): string {
  const { resource, variable, logicalName, args, dependsOn, remarks } = declaration;
  const callee = `${isNamed ? `const ${variable} = ` : ""}new ${frame.module}.${resource}`;
  const options = { protect: true, dependsOn: dependsOn?.map((name) => new Code(name)) };
  const written = exchanged(args, (expression) => new Code(codeOf(expression, frame)));
  const comments = remarks.map((remark) => comment(remark));
  return [
    ...comments,
    layout.call(
      callee,
      [
        ["", logicalName],
        ["", written],
        ["", options],
      ],
      ";",
    ),
  ].join("\n");
}

function codeOf(expression: Expression, { system }: ProgramText): string {
  if (expression instanceof CertificateFile) return `certificate("${expression.name}")`;
  if (expression instanceof ConnectionName) return system.noun;
  const { variable, output } = expression;
  return output === undefined ? variable : `${variable}.${output}`;
}

const exportsOf = ({ variable, exports = [] }: Declaration): string[] =>
  exports.map(({ name, output, doc }) => `/** ${doc} */\nexport const ${name} = ${variable}.${output};`);
