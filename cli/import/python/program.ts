import { CERTIFICATES_FOLDER } from "../certificate-files";
import { Code, type Literal } from "../layout";
import { opening, type ProgramText } from "../opening";
import { type Declaration, namedVariables, type Plan } from "../plan";
import { pluginArguments } from "../plugin-arguments";
import { comment } from "../remark";
import { CertificateFile, ConnectionName, type Expression, exchanged, membersOf } from "../value";
import { layout, literal, pythonName } from "./layout";

const SIGN = "#";

/** The program that adopts everything. */
export function programText(plan: Plan, frame: ProgramText): string {
  const { declarations, certificates } = plan;
  const named = namedVariables(plan);
  const head = [
    opening(plan, frame, SIGN),
    [
      ...(certificates.size > 0 ? ["from pathlib import Path\n"] : []),
      `import pulumi\nfrom pulumi_ekm import ${frame.module}`,
    ].join("\n"),
  ].join("\n\n");
  const body = [
    ...declarations.map((declaration) => declarationText(declaration, plan, frame, named.has(declaration.variable))),
    ...declarations.flatMap(exportsOf),
  ].join("\n\n");
  return `${[head, ...(certificates.size > 0 ? [READ_CERTIFICATE] : []), body].join("\n\n\n")}\n`;
}

const READ_CERTIFICATE = `def certificate(file: str) -> str:
    """Certificates (PEM) that lie beside this program."""
    return (Path(__file__).parent / "${CERTIFICATES_FOLDER}" / file).read_text()`;

function declarationText(declaration: Declaration, plan: Plan, frame: ProgramText, isNamed: boolean): string {
  const { resource, variable, logicalName, dependsOn, remarks } = declaration;
  const callee = `${isNamed ? `${pythonName(variable)} = ` : ""}${frame.module}.${resource}`;
  const given = exchanged(
    pluginArguments(declaration, plan, frame),
    (expression) => new Code(codeOf(expression, plan)),
  );
  const args = membersOf<Code>(given as object).map(([name, value]): [string, Literal] => [
    `${pythonName(name)}=`,
    value,
  ]);
  const after = dependsOn === undefined ? "" : `, depends_on=[${dependsOn.map(pythonName).join(", ")}]`;
  const options = new Code(`pulumi.ResourceOptions(protect=True${after})`);
  const comments = remarks.map((remark) => comment(remark, SIGN));
  return [...comments, layout.call(callee, [["", logicalName], ...args, ["opts=", options]])].join("\n");
}

function codeOf(expression: Expression, { connection }: Plan): string {
  if (expression instanceof CertificateFile) return `certificate(${literal(expression.name)})`;
  if (expression instanceof ConnectionName) return literal(connection);
  const { variable, output } = expression;
  return [variable, ...(output === undefined ? [] : [output])].map(pythonName).join(".");
}

const exportsOf = ({ variable, exports = [] }: Declaration): string[] =>
  exports.map(
    ({ name, output, doc }) =>
      `${SIGN} ${doc}\npulumi.export("${name}", ${pythonName(variable)}.${pythonName(output)})`,
  );
