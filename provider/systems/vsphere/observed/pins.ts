import { isEkmError } from "../../../core/errors";
import { readCertificates } from "../../../pki";

const FINGERPRINT = /^(?:[0-9a-f]{64}|[0-9a-f]{2}(?::[0-9a-f]{2}){31})$/i;

/** SHA-256 of the certificate that a pin stands for, in the spelling of node:crypto; `undefined` where it is no pin. */
export function fingerprintOf(pin: string): string | undefined {
  if (FINGERPRINT.test(pin.trim())) {
    const digits = pin.trim().replaceAll(":", "").toUpperCase();
    return digits.match(/../g)?.join(":");
  }
  try {
    const [certificate, ...others] = readCertificates(pin);
    return others.length === 0 ? certificate.fingerprint256 : undefined;
  } catch (error) {
    if (isEkmError(error)) return undefined;
    throw error;
  }
}

/** The certificates among pins, by fingerprint: they need not be asked for. */
export function certificatesAmong(pins: readonly string[]): Map<string, string> {
  const given = pins.filter((pin) => pin.includes("-----BEGIN"));
  return new Map(given.map((pem) => [readCertificates(pem)[0].fingerprint256, pem]));
}

/** Whether two lists pin the same certificates, in whatever order and spelling. */
export const samePins = (some: readonly string[], others: readonly string[]): boolean => {
  const [one, other] = [some, others].map((pins) => new Set(pins.map(fingerprintOf)));
  return one?.size === other?.size && [...(one ?? [])].every((each) => other?.has(each));
};
