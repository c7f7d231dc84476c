import { CERTIFICATES_FOLDER } from "../certificate-files";
import { Code } from "../layout";
import { opening, type ProgramText } from "../opening";
import type { Declaration, Plan } from "../plan";
import { pluginArguments } from "../plugin-arguments";
import { projectSettings } from "../project-settings";
import { comment } from "../remark";
import { CertificateFile, ConnectionName, type Expression, exchanged } from "../value";
import { literal, mapping } from "./layout";

const SIGN = "#";
const STEP = "  ";

/** The program that adopts everything: a project in YAML is one file. */
export function programText(plan: Plan, frame: ProgramText): string {
  const outputs = plan.declarations.flatMap(outputsOf);
  const paragraphs = [
    projectSettings(plan, frame, "yaml").trimEnd(),
    opening(plan, frame, SIGN),
    PLUGIN,
    ["resources:", ...plan.declarations.flatMap((declaration) => resourceLines(declaration, plan, frame))].join("\n"),
    outputs.length === 0 ? "" : ["outputs:", ...outputs].join("\n"),
  ];
  return `${paragraphs.filter((text) => text !== "").join("\n\n")}\n`;
}

const PLUGIN = `plugins:
  providers:
    - name: ekm
      path: node_modules/.bin`;

function resourceLines(declaration: Declaration, plan: Plan, frame: ProgramText): string[] {
  const { resource, variable, logicalName, dependsOn, remarks } = declaration;
  const properties = exchanged(pluginArguments(declaration, plan, frame), (expression) => codeOf(expression, plan));
  const options = { protect: true, dependsOn: dependsOn?.map((name) => reference(name)) };
  const members = { type: new Code(`ekm:${frame.module}:${resource}`), name: logicalName, properties, options };
  const comments = remarks.flatMap((remark) => comment(remark, SIGN).split("\n"));
  return [...comments.map((line) => STEP + line), `${STEP}${variable}:`, ...mapping(members, STEP + STEP)];
}

function codeOf(expression: Expression, { connection }: Plan): Code {
  if (expression instanceof CertificateFile) {
    return new Code(`{ fn::readFile: ${literal(`./${CERTIFICATES_FOLDER}/${expression.name}`)} }`);
  }
  if (expression instanceof ConnectionName) return new Code(literal(connection));
  return reference(expression.variable, expression.output);
}

const reference = (variable: string, output?: string): Code =>
  new Code(`"\${${output === undefined ? variable : `${variable}.${output}`}}"`);

const outputsOf = ({ variable, exports = [] }: Declaration): string[] =>
  exports.flatMap(({ name, output, doc }) => [
    `${STEP}${SIGN} ${doc}`,
    `${STEP}${name}: ${reference(variable, output).text}`,
  ]);
