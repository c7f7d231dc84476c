import { ageInWords } from "../wording";
import type { AdapterFacts, ClientFacts, KeyUserFacts, RootKeyFacts } from "./facts";

export const rootKeyInWords = ({ id, name, state }: RootKeyFacts): string =>
  state === "gone" ? `root key ${id}, which the instance does not know any more` : `root key "${name}"`;

export const adapterInWords = ({ name }: AdapterFacts): string => `KMIP adapter "${name}"`;

/** How old the version is that wraps at present. */
export const versionInWords = ({ versionCreated: created, ageDays }: RootKeyFacts): string =>
  `version ${ageInWords({ created, ageDays })}`;

/** Who presents a certificate, and what its keys protect. */
export const usersInWords = ({ users }: ClientFacts): string =>
  users.length === 0 ? "no client in this report" : users.map(userInWords).join("; ");

function userInWords({ system, client, keys }: KeyUserFacts): string {
  const kept = keys.map(({ title, protects }) => `${title} (${protects})`).join(" and ");
  return `${client} of ${system}, ${kept || "without a key in use"}`;
}
