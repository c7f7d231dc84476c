import type { Self } from "../../core/lifecycle";
import { markOf } from "../../core/mark";

/** Of the names of adapters and client certificates, in characters. */
const LONGEST_NAME = 40;

/** A name in the characters that Key Protect takes for adapters and client certificates. */
const legible = (name: string, room: number): string =>
  name
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, room) || "ekm";

const MARK_LENGTH = "-0000000".length;

/** The name by which a resource finds its own object again. */
export const markedName = ({ identity, name }: Pick<Self, "identity" | "name">): string =>
  markOf(identity, legible(name, LONGEST_NAME - MARK_LENGTH));

const FINGERPRINT_DIGITS = 6;

/**
 * With what the names of all registrations of a resource begin. It says which stack they are of, which tells what a stack has
 * left behind from what others have registered.
 *
 * @param given what a program wants to read in the console
 */
export function registrationMark({ identity, name, stack }: Self, given = name): string {
  const room = LONGEST_NAME - 2 * MARK_LENGTH - "-".length - FINGERPRINT_DIGITS;
  return markOf(identity, markOf(stack, legible(given, room)));
}

/** Name of the registration of one certificate. */
export const registrationName = (mark: string, fingerprint256: string): string => `${mark}-${digitsOf(fingerprint256)}`;

const digitsOf = (fingerprint256: string): string =>
  fingerprint256.replaceAll(":", "").slice(0, FINGERPRINT_DIGITS).toLowerCase();

const REGISTRATION = /^(.+-([0-9a-f]{7})-[0-9a-f]{7})-([0-9a-f]{6})$/;

/** What the name of a registration tells, where this package has given it. */
export function registrationIn(
  name: string,
): { mark: string; isOfStack(stack: string): boolean; mayBe(fingerprint256: string): boolean } | undefined {
  const [, mark, ofStack, digits] = REGISTRATION.exec(name) ?? [];
  if (mark === undefined) return undefined;
  return {
    mark,
    isOfStack: (stack) => markOf(stack, "").slice(1) === ofStack,
    mayBe: (fingerprint256) => digitsOf(fingerprint256) === digits,
  };
}
