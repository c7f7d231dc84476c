import { NodeVersionError } from "../errors";

/** As package.json has it, such as `>=22.19`. */
const { engines } = require("pulumi-ekm/package.json") as { engines: { node: string } };

/** The error on a Node that is too old. It loads nothing that such a Node could not load. */
export function nodeVersionError(present: string, needed = engines.node): NodeVersionError | undefined {
  const [[major, minor], [neededMajor, neededMinor]] = [numbersOf(present), numbersOf(needed)];
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return undefined;
  return new NodeVersionError(
    `this is Node ${present}, and pulumi-ekm needs ${neededMajor}.${neededMinor} or newer: put such a Node first in PATH.`,
  );
}

function numbersOf(version: string): [major: number, minor: number] {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return [Number(major), Number(minor)];
}
