import type { Calls, Description } from "../../provider/core/resource/description";

/** What stands in descriptions for words of the way in, as Pulumi's users write them. */
const PULUMI: Readonly<Record<string, string>> = {
  up: "`pulumi up`",
  "an up": "a `pulumi up`",
  timeouts: "`customTimeouts`",
  dependsOn: "resource option `dependsOn`",
  retain: "resource option `retainOnDelete: true`",
  identity: "URN",
};

/** A text of a description in the words of Pulumi. */
export const inPulumi = (text: string): string =>
  text.replace(/\{([A-Za-z ]+)\}/g, (_place, name: string) => {
    const words = PULUMI[name];
    if (words === undefined) throw new Error(`Pulumi has no words for {${name}}`);
    return words;
  });

/** The text about a resource, with the methods behind it and the errors that are its own. */
export function aboutResource({ doc, calls = [], errors = [] }: Description): string {
  const methods = calls.map(methodsInWords).join("; ");
  const title = calls.flatMap((group) => group.methods).length === 1 ? "API method" : "API methods";
  const behind = [
    ...(methods === "" ? [] : [`${title}: ${methods}.`]),
    ...(errors.length === 0 ? [] : [`Errors: ${errors.map((code) => `\`${code}\``).join(", ")}.`]),
  ];
  return [inPulumi(doc), behind.join("\n")].filter((part) => part !== "").join("\n\n");
}

const methodsInWords = ({ purpose, methods }: Calls): string =>
  [purpose, methods.map((method) => `\`${method}\``).join(", ")].filter((part) => part !== undefined).join(" ");
