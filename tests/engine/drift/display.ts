/** What `--diff` prints of one resource. */
export interface Block {
  /** Such as `element:KeyServer`. */
  type: string;
  name: string;
  op: string;
  mark: string;
  /** The lines of properties that are marked as different, without their indentation. */
  lines: string[];
}

const HEADER = /^ *([-+~]+) pulumi-nodejs:dynamic\/ekm\/(\S+): \((\S+)\)$/;
const ANY_HEADER = /^ *[-+~ ]+ \S+: \(\S+\)$/;
const URN = /^ *\[urn=.*::(.+)\]$/;
/** The mark of a property stands two columns before the names of unmarked ones. */
const MARKED = /^ {6}[-+~] \w/;
const UNMARKED = /^ {8}\w/;
const END = /^ {8}[\]}]/;

/** Reads what `--diff` has printed, in its order. */
export function blocksIn(stdout: string): Block[] {
  const blocks: Block[] = [];
  let block: Block | undefined;
  let isTaken = false;
  for (const line of stdout.split("\n")) {
    const [, mark, type, op] = HEADER.exec(line) ?? [];
    if (type !== undefined && op !== undefined) {
      block = { mark: mark ?? "", type, op, name: "", lines: [] };
      blocks.push(block);
      isTaken = false;
    } else if (ANY_HEADER.test(line) || /^Resources:/.test(line)) {
      block = undefined;
    }
    if (block === undefined) continue;
    block.name ||= URN.exec(line)?.[1] ?? "";
    isTaken = MARKED.test(line) || (isTaken && !UNMARKED.test(line));
    if (isTaken) block.lines.push(line.slice(6).replace(/ +:/, ":"));
    if (END.test(line)) isTaken = false;
  }
  return blocks;
}
