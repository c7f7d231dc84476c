import { nameIn } from "../../provider/adapters/pulumi/resource-type";
import type { TlsVerification } from "../../provider/connections/https/settings";
import { countOf } from "../count";
import type { CertificateLife } from "./certificate-life";
import type { DriftReport, HolderFacts, KeyFacts, ResourceReport, SystemNames, SystemReport, Verdict } from "./model";
import { day, daysInWords, minute } from "./time";

export const holderInWords = (holder: HolderFacts): string =>
  holder.kind === "internal" ? "internal keys, on the cluster itself" : keyProviderInWords(holder);

export const keyProviderInWords = ({ id, name }: { id: number; name?: string }): string =>
  name === undefined ? `key provider ${id}, which the cluster does not list` : `key provider ${id} "${name}"`;

export const keyServerInWords = ({ id, name }: { id: number; name: string }): string => `key server ${id} "${name}"`;

/** When a key was made, and how old it is. */
export const ageInWords = ({ created, ageDays = 0 }: Pick<KeyFacts, "created" | "ageDays">): string =>
  created === undefined
    ? "of unknown age"
    : `created ${minute(created)}, ${ageDays === 0 ? "less than a day" : daysInWords(ageDays)} old`;

export const TLS_IN_WORDS: Readonly<Record<TlsVerification, string>> = {
  systemRoots: "verified by the machine's own authorities",
  caCertificate: "verified by the configured authority",
  fingerprint256: "verified by its pinned fingerprint",
  off: "not verified",
};

/** How a system is reached, behind its name. */
export const accessInWords = ({
  endpoint,
  tlsVerification,
}: SystemReport<unknown>): { place: string; tls: string } => ({
  place: endpoint === undefined ? "" : ` at ${endpoint}`,
  tls: tlsVerification === undefined ? "" : `, TLS ${TLS_IN_WORDS[tlsVerification]}`,
});

/** The system that something is on, by its connection: a cluster goes by its name alone. */
export function systemIn(names: SystemNames): string | undefined {
  const { cluster, ...others } = names;
  const [other] = Object.entries(others).filter(([, name]) => name !== undefined);
  return cluster ?? (other && `${other[0]} ${other[1]}`);
}

/** What a destroy does, where a state was given that tells. */
export const onDeleteInWords = ({ onDelete }: { onDelete?: string }): string =>
  onDelete === undefined ? "not declared" : `onDelete ${onDelete}`;

/** What becomes of a certificate, and when. */
export function endInWords({ status, daysLeft, notBefore, notAfter }: LivingCertificate): string {
  switch (status) {
    case "ended":
      return `ended ${day(notAfter)}, ${daysLeft === 0 ? "within the last day" : `${daysInWords(-daysLeft)} ago`}`;
    case "notYetValid":
      return `not valid before ${day(notBefore)}`;
    case "endsSoon":
      return `ends soon: ${day(notAfter)}, ${daysLeft === 0 ? "within a day" : `in ${daysInWords(daysLeft)}`}`;
    case "valid":
      return `ends ${day(notAfter)}, in ${daysInWords(daysLeft)}`;
  }
}

type LivingCertificate = CertificateLife & { notBefore: string; notAfter: string };

/** How much was compared, and what of it was changed. That nothing was, is said only where everything was compared. */
export function comparedInWords({ resources }: DriftReport): string {
  const count = (...verdicts: Verdict[]) => resources.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const [changed, unread] = [count("changed", "missing"), count("unread")];
  if (resources.length === 0) return "nothing to compare";
  if (unread === 0) {
    return `${countOf(resources.length, "resource")} compared, ${changed === 0 ? "nothing was changed" : `${changed} changed`}`;
  }
  const found = changed === 0 ? "" : `${changed} changed, `;
  return `${resources.length - unread} of ${countOf(resources.length, "resource")} compared, ${found}${unread} not: whether they were changed is not known`;
}

/** A resource of a stack, as programs write its class. */
export const resourceInWords = ({ type, name }: ResourceReport): string => `${nameIn(type)} "${name}"`;
