import { DEFAULT_CLUSTER } from "../../provider/systems/element/default-cluster";
import type { Inventory } from "../element/inventory";
import type { Declaration, Plan } from "./element";
import { comment, quoted, remark } from "./remark";
import { Code, construction, literal } from "./typescript";

/** The folder, beside the program, that the certificates lie in. */
export const CERTIFICATES_FOLDER = "certificates";

/** The program that adopts everything: TypeScript, formatted. */
export function programText(plan: Plan, { cluster }: Pick<Inventory, "cluster">): string {
  const { declarations, certificates, connection, remarks } = plan;
  const exported = exportsOf(declarations);
  const referenced = new Set([...declarations.flatMap(references), ...exported.map(({ variable }) => variable)]);
  const paragraphs = [
    [
      comment(
        remark`Written by "ekm import": adopts what cluster ${quoted(cluster.name)} (uniqueID ${cluster.uniqueID}) has for external key management. Everything is protected: a destroy would take the keys of its data away. "adopt" is of use at the first run alone and may be removed afterwards.`,
      ),
      ...(remarks.length > 0 ? ["//", ...remarks.map(comment)] : []),
    ].join("\n"),
    importLines(plan).join("\n"),
    connection === DEFAULT_CLUSTER
      ? ""
      : `/** Name of the cluster's connection. */\nconst cluster = ${literal(connection)};`,
    certificates.size > 0 ? READ_CERTIFICATE : "",
    ...declarations.map((declaration) => declarationText(declaration, referenced.has(declaration.variable))),
    ...exported.map(({ text }) => text),
  ];
  return `${paragraphs.filter((text) => text !== "").join("\n\n")}\n`;
}

function importLines({ certificates }: Plan): string[] {
  const files = ['import { readFileSync } from "node:fs";', 'import { join } from "node:path";'];
  return [...(certificates.size > 0 ? files : []), 'import { element } from "pulumi-ekm";'];
}

const READ_CERTIFICATE = `/** Certificates (PEM) that lie beside this program. */
const certificate = (file: string): string => readFileSync(join(__dirname, "${CERTIFICATES_FOLDER}", file), "utf8");`;

function declarationText(declaration: Declaration, isReferenced: boolean): string {
  const { resource, variable, logicalName, args, dependsOn, remarks } = declaration;
  const callee = `${isReferenced ? `const ${variable} = ` : ""}new element.${resource}`;
  const options = { protect: true, dependsOn: dependsOn?.map((name) => new Code(name)) };
  return [...remarks.map(comment), construction(callee, [logicalName, args, options])].join("\n");
}

/** The variables that a declaration names. */
const references = ({ args, dependsOn = [] }: Declaration): string[] => [
  ...Object.values(args).flatMap((value) => (value instanceof Code ? [value.text.replace(/\W.*/, "")] : [])),
  ...dependsOn,
];

const exportsOf = (declarations: readonly Declaration[]) =>
  declarations.flatMap(({ resource, variable }) => {
    switch (resource) {
      case "CertificateSigningRequest":
        return [
          {
            variable,
            text: `/** What an authority signs when the client certificate is to be renewed. */\nexport const certificateSigningRequest = ${variable}.pem;`,
          },
        ];
      case "MasterKey":
        return [{ variable, text: `/** The master key in force. */\nexport const keyID = ${variable}.keyID;` }];
      default:
        return [];
    }
  });
