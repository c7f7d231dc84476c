import { CERTIFICATES_FOLDER } from "../certificate-files";
import { Code } from "../layout";
import { opening, type ProgramText } from "../opening";
import type { Declaration, Plan } from "../plan";
import { comment } from "../remark";
import { CertificateFile, ConnectionName, type Expression, exchanged, expressionsIn, Reference } from "../value";
import { layout, literal } from "./layout";

/** The program that adopts everything: TypeScript, formatted. */
export function programText(plan: Plan, frame: ProgramText): string {
  const { declarations, certificates, connection } = plan;
  const exported = declarations.flatMap(exportsOf);
  const referenced = new Set([...declarations.flatMap(references), ...exported.map(({ variable }) => variable)]);
  const paragraphs = [
    opening(plan, frame),
    importLines(plan, frame).join("\n"),
    connection === frame.defaultConnection
      ? ""
      : `/** Name of the ${frame.system.noun}'s connection. */\nconst ${frame.system.noun} = ${literal(connection)};`,
    certificates.size > 0 ? READ_CERTIFICATE : "",
    ...declarations.map((declaration) => declarationText(declaration, frame, referenced.has(declaration.variable))),
    ...exported.map(({ text }) => text),
  ];
  return `${paragraphs.filter((text) => text !== "").join("\n\n")}\n`;
}

function importLines({ certificates }: Plan, { module }: ProgramText): string[] {
  const files = ['import { readFileSync } from "node:fs";', 'import { join } from "node:path";'];
  return [...(certificates.size > 0 ? files : []), `import { ${module} } from "pulumi-ekm";`];
}

const READ_CERTIFICATE = `/** Certificates (PEM) that lie beside this program. */
const certificate = (file: string): string => readFileSync(join(__dirname, "${CERTIFICATES_FOLDER}", file), "utf8");`;

function declarationText(declaration: Declaration, frame: ProgramText, isReferenced: boolean): string {
  const { resource, variable, logicalName, args, dependsOn, remarks } = declaration;
  const callee = `${isReferenced ? `const ${variable} = ` : ""}new ${frame.module}.${resource}`;
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

/** The variables that a declaration names. */
const references = ({ args, dependsOn = [] }: Declaration): string[] => [
  ...expressionsIn(args).flatMap((expression) => (expression instanceof Reference ? [expression.variable] : [])),
  ...dependsOn,
];

const exportsOf = ({ variable, exports = [] }: Declaration) =>
  exports.map(({ name, output, doc }) => ({
    variable,
    text: `/** ${doc} */\nexport const ${name} = ${variable}.${output};`,
  }));
