import { randomBytes } from "node:crypto";
import { invalidField } from "./errors";
import type { Switches } from "./switches";

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** The name of an adapter or a certificate: as it is asked for, or made up. */
export function chosenName({ otherNameLengths }: Switches, given: string | undefined, prefix: string): string {
  if (!given) return `${prefix}_${randomBytes(8).toString("hex")}`;
  if (!/^[\w-]+$/.test(given) || isUuid(given)) throw invalidField("name", "letters, digits, - and _, and no UUID");
  const isUsual = given.length >= 2 && given.length <= 40;
  if (!isUsual && otherNameLengths === "refuse") throw invalidField("name", "2 to 40 characters long");
  return given;
}

/** By id or name, as all sub-resources can be asked for. */
export const byIDOrName = <T extends { id: string; name: string }>(all: T[], wanted: string): T | undefined =>
  all.find(({ id, name }) => id === wanted || name === wanted);
