import { nameIn, tokenIn } from "../../provider/adapters/pulumi/resource-type";

/** One row of the engine's plain display, such as ` +  pulumi-nodejs:dynamic/ekm/element:KeyPair storage creating (0s)`. */
const ROW = /^ (?<op>[-+~ ]{1,2})\s+(?<type>\w[\w-]*:[\w/-]+:\w+) (?<name>\S+) +(?<status>.*)$/;
/** What stands above the diagnostics of a resource. */
const SUBJECT = /^ +(?<type>\w[\w-]*:[\w/-]+:\w+) \((?<name>\S+)\):$/;
const UNDER_WAY = /^(?:creating|updating|deleting) \([^)]*\) ?(?<message>.*)$/;
const REFRESH = /^refresh(?:ing)?\b/;
/** What will become of a resource, and a message behind it. */
const PLANNED =
  /^(?<event>(?:create|update|replace|delete|read)\b(?: \[diff: [^\]]*\])?);? (?<message>(?!\[diff: ).*)$/;
/** What became of a resource; behind it, a row still shows a message of before. */
const DONE = /^(?<event>[\w ]+ \([\d.hms]+\)(?: \[diff: [^\]]*\])?)/;
const DIFF_PREFIX = /^\[diff: [^\]]*\];? ?/;
const SEVERITY = /^(?:error|warning|info): /;

const NOISE = [
  /^\s*$/,
  /^@ /,
  /^(?:Updating|Destroying|Previewing \w+) \(/,
  /^Resources:$/,
  /^Duration:/,
  /^(?:warning: )?using pulumi-resource-pulumi-nodejs from \$PATH/,
  /^The resources in the stack have been deleted/,
  /^If you want to remove the stack completely/,
];

/**
 * Picks what is worth reading from the engine's plain output: what became of each resource, the messages about it, each
 * of them once, and everything that it does not know.
 */
export class EngineOutputFilter {
  private readonly said = new Set<string>();
  private section: "outputs" | "diagnostics" | undefined;
  /** Headings that are shown once something below them is. */
  private headings: string[] = [];
  /** Whom the diagnostics are about. */
  private subject = "";

  /** Takes the lines in order, and gives what to show for each. */
  shown(line: string): string[] {
    if (/^\S/.test(line)) this.section = SECTIONS.get(line);
    if (this.section === "outputs" || NOISE.some((noise) => noise.test(line))) return [];
    if (this.section === "diagnostics") return this.diagnostic(line);
    const row = ROW.exec(line)?.groups;
    return row === undefined ? [line.trim()] : this.row(row);
  }

  private diagnostic(line: string): string[] {
    if (/^\S/.test(line)) {
      this.headings = [line];
      return [];
    }
    const about = SUBJECT.exec(line)?.groups;
    if (about !== undefined) {
      this.subject = resourceInWords(about) ?? `${about.type} (${about.name})`;
      this.headings = [...this.headings.filter((heading) => SECTIONS.has(heading)), `${this.subject}:`];
      return [];
    }
    const message = line.trim();
    if (!this.isNews(this.subject, message)) return [];
    return [...this.headings.splice(0), message];
  }

  private row({ op = "", status = "", ...about }: Record<string, string>): string[] {
    const resource = resourceInWords(about);
    // Stack and component only repeat what their resources say.
    if (resource === undefined) return [];
    const shown = partsOf(status.trim()).filter((part) => this.isNews(resource, part));
    return shown.length === 0 ? [] : [`${op.trim().padEnd(2)} ${resource.padEnd(46)} ${shown.join("; ")}`];
  }

  private isNews(resource: string, message: string): boolean {
    const line = JSON.stringify([resource, message.replace(SEVERITY, "")]);
    const isNews = !this.said.has(line);
    this.said.add(line);
    return isNews;
  }
}

const SECTIONS = new Map([
  ["Outputs:", "outputs"],
  ["Diagnostics:", "diagnostics"],
] as const) as ReadonlyMap<string, "outputs" | "diagnostics">;

/** A resource of this package as programs name it. */
function resourceInWords({ type = "", name = "" }: Record<string, string>): string | undefined {
  const token = tokenIn(type);
  return token === undefined ? undefined : `${nameIn(token)} "${name}"`;
}

/** What a row says: what became of its resource, what is said about it, or both. */
function partsOf(status: string): string[] {
  const underWay = UNDER_WAY.exec(status)?.groups?.message;
  if (underWay !== undefined) return [underWay.replace(DIFF_PREFIX, "")].filter(Boolean);
  if (status === "" || (REFRESH.test(status) && !status.includes("[diff:"))) return [];
  const { event = status, message = "" } = (DONE.exec(status) ?? PLANNED.exec(status))?.groups ?? {};
  return [event.replace(REFRESH, "found changed"), message].filter(Boolean);
}
