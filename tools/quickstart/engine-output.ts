/** One row of the engine's plain display, such as ` +  pulumi-nodejs:dynamic/ekm/element:KeyPair storage creating (0s)`. */
const ROW = /^ (?<op>[-+~ ]{1,2})\s+(?<type>\w[\w-]*:[\w/-]+:\w+) (?<name>\S+) +(?<status>.*)$/;
const OUR_TYPE = "pulumi-nodejs:dynamic/ekm/";
const UNDER_WAY = /^(?:creating|updating|deleting) \([^)]*\) ?(?<message>.*)$/;
const REFRESH = /^refresh(?:ing)?\b/;
/** What a row still shows of the past once the resource is done. */
const STALE_MESSAGE = /(\))( \[diff: [^\]]*\])?.*$/;
const DIFF_PREFIX = /^\[diff: [^\]]*\];? ?/;

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
 * Picks what is worth reading from the engine's plain output: what became of each resource, messages of those under
 * way, and everything that it does not know.
 *
 * @returns a function that takes the lines in order and gives what to show for each, if anything
 */
export function engineOutputFilter(): (line: string) => string | undefined {
  let inOutputs = false;
  let last: string | undefined;
  return (line) => {
    inOutputs = line === "Outputs:" || (inOutputs && line.startsWith("    "));
    if (inOutputs || NOISE.some((noise) => noise.test(line))) return undefined;
    const row = ROW.exec(line)?.groups;
    const shown = row === undefined ? line.trim() : presentRow(row);
    if (shown === last) return undefined;
    last = shown ?? last;
    return shown;
  };
}

function presentRow({ op = "", type = "", name, status = "" }: Record<string, string>): string | undefined {
  // Stack and component only repeat what their resources say.
  if (!type.startsWith(OUR_TYPE)) return undefined;
  const event = describeStatus(status.trim());
  if (event === undefined) return undefined;
  return `${op.trim().padEnd(2)} ${`${type.slice(OUR_TYPE.length)} ${name}`.padEnd(46)} ${event}`;
}

function describeStatus(status: string): string | undefined {
  const message = UNDER_WAY.exec(status)?.groups?.message;
  if (message !== undefined) return message.replace(DIFF_PREFIX, "") || undefined;
  if (status === "" || (REFRESH.test(status) && !status.includes("[diff:"))) return undefined;
  return status.replace(STALE_MESSAGE, "$1$2").replace(REFRESH, "found changed");
}
