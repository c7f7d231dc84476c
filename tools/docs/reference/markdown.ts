import { posix } from "node:path";
import { element } from "../../../provider/systems/element/system";
import { keyProtect } from "../../../provider/systems/keyprotect/system";
import { vsphere } from "../../../provider/systems/vsphere/system";
import type { Entry } from "./entry";
import type { Property } from "./properties";

/** Of the environment: their names look like codes of errors, which have pages. */
const VARIABLES: readonly string[] = [element, keyProtect, vsphere].map(
  ({ environmentVariable }) => environmentVariable,
);

/** Writes what doc comments say as Markdown, with links between the pages. */
export class Markdown {
  private readonly pages: ReadonlyMap<string, string>;
  /** Where members were told already, by what was told. */
  private readonly told = new Map<string, string>();

  constructor(
    entries: readonly Entry[],
    /** Of the page that is written, from `docs/reference`. */
    private readonly page: string,
  ) {
    // Several modules may have a class of one name: a page means that of its own.
    const isBeside = ({ name }: Entry) => pageOf(name).split("/")[0] === page.split("/")[0];
    const [others, own] = [entries.filter((entry) => !isBeside(entry)), entries.filter(isBeside)];
    this.pages = new Map([...others, ...own].map(({ name }) => [lastOf(name), pageOf(name)]));
  }

  prose(text: string): string {
    return this.linked(text);
  }

  /** A table of properties, and one more for the members of each that is an object. */
  properties(properties: readonly Property[], kind: "input" | "output", path = ""): string {
    const heading = kind === "input" ? "Argument" : "Output";
    const rows = properties.map((property) => this.row(property, kind));
    const tables = properties
      .filter(({ members }) => members.length > 0)
      .map((property) => {
        const name = `${path}${property.name}${property.type.endsWith("[]") ? "[]" : ""}`;
        return `### \`${name}\`\n\n${this.members(property, kind, name)}`;
      });
    return [`| ${heading} | Type | |\n| --- | --- | --- |\n${rows.join("\n")}`, ...tables].join("\n\n");
  }

  private members({ members }: Property, kind: "input" | "output", name: string): string {
    const key = JSON.stringify(members);
    const before = this.told.get(key);
    if (before !== undefined) return `As \`${before}\`.`;
    this.told.set(key, name);
    return this.properties(members, kind, `${name}.`);
  }

  private row({ name, type, optional, description, default: value }: Property, kind: "input" | "output"): string {
    const required = kind === "input" && !optional ? ", required" : "";
    const text = [this.linked(oneLine(description)), value && `Default: ${this.linked(oneLine(asCode(value)))}.`];
    const code = this.typed(type);
    return `| \`${name}\` | ${code}${required} | ${text.filter(Boolean).join(" ")} |`;
  }

  /** A type's text; a vertical bar would end the cell. */
  private typed(type: string): string {
    const page = this.pages.get(type);
    const code = `\`${type.replaceAll("|", "\\|")}\``;
    return page === undefined ? code : `[${code}](${this.from(page)})`;
  }

  private linked(text: string): string {
    return text
      .replaceAll(/\{@link (\w+)\s*\}/g, (_, name: string) => {
        const page = this.pages.get(name);
        return page === undefined || page === this.page ? `\`${name}\`` : `[\`${name}\`](${this.from(page)})`;
      })
      .replaceAll(/`(EKM_[A-Z0-9_]+)`/g, (code, name: string) =>
        VARIABLES.includes(name) ? code : `[${code}](${this.from(`../errors/${name}.md`)})`,
      );
  }

  private from(target: string): string {
    return posix.relative(posix.dirname(this.page), target);
  }
}

/** Where the page of an entry is, from `docs/reference`. */
export const pageOf = (name: string): string => `${name.replace(".", "/")}.md`;

const lastOf = (name: string): string => name.split(".").at(-1) ?? name;

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, " ").replaceAll("|", "\\|");

/** A default is a value, or says in words where it comes from. */
const asCode = (value: string): string => (/^("[^"]*"|[\d.]+|true|false)$/.test(value) ? `\`${value}\`` : value);
