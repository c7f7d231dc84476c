import { linesWithoutControlCharacters, withoutControlCharacters } from "../../display";
import type { RpcResponse } from "./types";

/** The envelope of a cluster's answer; `undefined` for what is no JSON object or null. */
export function parseAnswer(body: string): RpcResponse | null | undefined {
  try {
    const value: unknown = JSON.parse(body, displayable);
    return typeof value === "object" && !Array.isArray(value) ? (value as RpcResponse | null) : undefined;
  } catch {
    return undefined;
  }
}

/** Members whose texts are PEM, of several lines. */
const PEM_MEMBERS = new Set(["kmipCaCertificate", "kmipClientCertificate", "clientCertificateSignRequest"]);

/**
 * The texts of a cluster, as they may reach a terminal: names end up in messages, and in outputs, which the engine prints
 * as they are.
 */
function displayable(member: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  return PEM_MEMBERS.has(member) ? linesWithoutControlCharacters(value) : withoutControlCharacters(value);
}
