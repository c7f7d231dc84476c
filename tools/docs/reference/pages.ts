import type { ResourceToken } from "../../../provider/systems/registry";
import { INSTEAD_OF_IMPORT_OF_COMPONENT, insteadOfImport } from "../../../sdk/import-option";
import { typeOf } from "../../../sdk/resource";
import { type Entry, type Kind, readEntries } from "./entry";
import { declarationIn, examplePrograms } from "./examples";
import { Markdown, pageOf } from "./markdown";
import { readSources } from "./sources";

/** A page for each class and look-up of the package, and an index of them, by path from `docs/reference`. */
export function referencePages(entries = readEntries(readSources())): Readonly<Record<string, string>> {
  const pages = entries.map((entry) => [pageOf(entry.name), entryPage(entry, entries)]);
  return { "README.md": indexPage(entries), ...Object.fromEntries(pages) };
}

const madeFrom = (file: string): string => `<!-- Made by "npm run generate" from the doc comments of ${file}. -->`;

function entryPage(entry: Entry, entries: readonly Entry[]): string {
  const { kind, name, file, description, apiMethods, errors, signature, inputs, outputs } = entry;
  const markdown = new Markdown(entries, pageOf(name));
  const sections = [
    `# ${name}\n\n${madeFrom(file)}\n\n${markdown.prose(description)}`,
    `\`\`\`ts\n${signature}\n\`\`\``,
    kind === "resource" ? `Its type in previews, policies and state is \`${typeOf(tokenOf(name))}\`.` : "",
    isDeclared(entry) ? `## Example\n\n${exampleOf(entry)}` : "",
    `## ${kind === "look-up" ? "Arguments" : "Inputs"}\n\n${markdown.properties(inputs, "input")}`,
    outputs.length > 0
      ? `## ${kind === "look-up" ? "Result" : "Outputs"}\n\n${markdown.properties(outputs, "output")}`
      : "",
    isDeclared(entry) ? `## Adopting\n\n${adoptingOf(entry)}` : "",
    apiMethods ? `## API methods\n\n${markdown.prose(apiMethods)}` : "",
    `## Errors\n\n${errors ? `${markdown.prose(errors)}\n\n` : ""}${COMMON_ERRORS[kind]}`,
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

/** Every resource's name is its token's, but for the separator. */
const tokenOf = (name: string): ResourceToken => name.replace(".", ":") as ResourceToken;

const isDeclared = ({ kind }: Entry): boolean => kind === "resource" || kind === "component";

/** What `ekm import` has written: these are no examples of how a program begins. */
const IMPORTED = ["brownfield", "brownfield-key-protect", "brownfield-vcenter"];

function exampleOf({ name }: Entry): string {
  const examples = examplePrograms().filter((example) => !IMPORTED.includes(example));
  const [shortest] = examples
    .flatMap((example) => quotation(name, example))
    .sort((one, other) => one.length - other.length);
  if (shortest === undefined) throw new Error(`no example declares ${name}`);
  return `${shortest} Tests run it.`;
}

/** What a program does instead of the engine's import, or why there is nothing to take over. */
function adoptingOf({ kind, name, inputs }: Entry): string {
  if (kind === "component") return `${TAKES_NOTHING}: ${INSTEAD_OF_IMPORT_OF_COMPONENT.replace("adopt", "`$&`")}.`;
  const instead = withoutImport(tokenOf(name));
  if (!inputs.some((input) => input.name === "adopt")) return `${TAKES_NOTHING}. ${instead}`;
  const [imported] = IMPORTED.flatMap((example) => quotation(name, example));
  if (imported === undefined) return instead;
  return `${instead}\n\n${imported} \`ekm import\` wrote it: [Existing clusters](../../existing-clusters.md).`;
}

/** How a program of the examples declares an object of a class, if it does. */
function quotation(className: string, example: string): string[] {
  const program = `examples/${example}/index.ts`;
  const declaration = declarationIn(program, className);
  if (declaration === undefined) return [];
  return [`\`\`\`ts\n${declaration}\n\`\`\`\n\nFrom [${program}](../../../${program}).`];
}

const TAKES_NOTHING = "It takes nothing over, and has no argument `adopt`";

const withoutImport = (token: ResourceToken): string =>
  `The resource option \`import\`, like \`pulumi import\`, does not work with it; ${insteadOfImport(token, "ID").replace(/adopt: "\w+"/, "`$&`")}.`;

const ALL_ERRORS = "[All errors](../../errors/README.md) has a page for each, with the way out";
const COMMON_ERRORS: Readonly<Record<Kind, string>> = {
  resource: `What is wrong with an argument is said on that argument, before anything is called. ${ALL_ERRORS}.`,
  component: `Those of the resources that it declares. ${ALL_ERRORS}.`,
  provider: `A connection is judged when it is first used. ${ALL_ERRORS.replace("../../", "../")}.`,
  "look-up": `Those of the connection. ${ALL_ERRORS}.`,
};

const TITLES: Readonly<Record<Kind, string>> = {
  component: "Components",
  resource: "Resources",
  "look-up": "Look-ups",
  provider: "Provider",
};

function indexPage(entries: readonly Entry[]): string {
  const markdown = new Markdown(entries, "README.md");
  const sections = (Object.keys(TITLES) as Kind[]).map((kind) => {
    const rows = entries
      .filter((entry) => entry.kind === kind)
      .map(
        ({ name, description }) => `| [\`${name}\`](${pageOf(name)}) | ${markdown.prose(firstSentence(description))} |`,
      );
    return `## ${TITLES[kind]}\n\n| | |\n| --- | --- |\n${rows.join("\n")}`;
  });
  return `# Reference\n\n${madeFrom("sdk")}\n\n${sections.join("\n\n")}\n`;
}

const firstSentence = (text: string): string =>
  (/^.*?[.:](?=\s|$)/s.exec(text)?.[0] ?? text).replaceAll(/\s+/g, " ").replace(/:$/, ".");
