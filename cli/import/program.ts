import type { HttpsSettings } from "../../provider/connections/https/settings";
import type { ProgramFrame } from "./importer";
import type { Declaration, Plan } from "./plan";
import { comment } from "./remark";
import { Code, construction, literal, type Value } from "./typescript";

/** The folder, beside the program, that the certificates lie in. */
export const CERTIFICATES_FOLDER = "certificates";

/** The program that adopts everything: TypeScript, formatted. */
export function programText(plan: Plan, frame: ProgramText): string {
  const { declarations, certificates, connection, remarks } = plan;
  const exported = declarations.flatMap(exportsOf);
  const referenced = new Set([...declarations.flatMap(references), ...exported.map(({ variable }) => variable)]);
  const paragraphs = [
    [
      comment(
        `Written by "ekm import": adopts what ${plan.system} has for external key management. Everything is protected: a destroy would take the keys of ${frame.protectedData} away. "adopt" is of use at the first run alone and may be removed afterwards.`,
      ),
      ...(remarks.length > 0 ? ["//", ...remarks.map(comment)] : []),
    ].join("\n"),
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

/** What of a frame stands in a program. */
type ProgramText = Pick<ProgramFrame<HttpsSettings>, "module" | "defaultConnection" | "protectedData"> & {
  system: { noun: string };
};

function importLines({ certificates }: Plan, { module }: ProgramText): string[] {
  const files = ['import { readFileSync } from "node:fs";', 'import { join } from "node:path";'];
  return [...(certificates.size > 0 ? files : []), `import { ${module} } from "pulumi-ekm";`];
}

const READ_CERTIFICATE = `/** Certificates (PEM) that lie beside this program. */
const certificate = (file: string): string => readFileSync(join(__dirname, "${CERTIFICATES_FOLDER}", file), "utf8");`;

function declarationText(declaration: Declaration, { module }: ProgramText, isReferenced: boolean): string {
  const { resource, variable, logicalName, args, dependsOn, remarks } = declaration;
  const callee = `${isReferenced ? `const ${variable} = ` : ""}new ${module}.${resource}`;
  const options = { protect: true, dependsOn: dependsOn?.map((name) => new Code(name)) };
  return [...remarks.map(comment), construction(callee, [logicalName, args, options])].join("\n");
}

/** The variables that a declaration names. */
const references = ({ args, dependsOn = [] }: Declaration): string[] => [
  ...Object.values(args).flatMap(codeIn),
  ...dependsOn,
];

const codeIn = (value: Value | undefined): string[] => {
  if (value instanceof Code) return [value.text.replace(/\W.*/, "")];
  return Array.isArray(value) ? value.flatMap(codeIn) : [];
};

const exportsOf = ({ variable, exports = [] }: Declaration) =>
  exports.map(({ name, output, doc }) => ({
    variable,
    text: `/** ${doc} */\nexport const ${name} = ${variable}.${output};`,
  }));
