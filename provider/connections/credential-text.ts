import type { Complain, SettingWords } from "../core/system";

/**
 * A complaint about characters that a file, an editor or a command has added to a credential. It shows nothing of it.
 */
export function strayComplaint(credential: string): { reason: string; wayOut: string } | undefined {
  if (/^\ufeff/.test(credential)) {
    return { reason: "begins with a byte order mark", wayOut: "save its file as UTF-8 without one" };
  }
  if (/^[\n\r]|[\n\r\v\f\u0085\u2028\u2029]$/.test(credential)) {
    return {
      reason: `${/^[\n\r]/.test(credential) ? "begins with" : "ends in"} a line break, which does not belong to it`,
      wayOut: "leave it out: a shell's $(cat FILE) drops the last ones, and printf %s writes none",
    };
  }
  return undefined;
}

/**
 * A credential as text: JSON, and commands that read values as it does, make a number or a truth value of a text that
 * looks so.
 *
 * @throws the error of `complain` about a number that was not kept as it was written
 */
export function credentialText(member: string, value: unknown, complain: Complain, howToKeepText: string): unknown {
  if (typeof value === "boolean" || Number.isSafeInteger(value)) return String(value);
  if (typeof value !== "number") return value;
  throw complain(
    `${member} is a number, and one that cannot be read as it was written`,
    `store it as text: in quotes, or with ${howToKeepText}`,
  );
}

/**
 * User name and password of a connection as text.
 *
 * @throws the error of `complain`, also about an endpoint that is missing
 */
export function loginIn(
  given: { readonly endpoint?: unknown; readonly username?: unknown; readonly password?: unknown },
  complain: Complain,
  { shape, howToKeepText }: SettingWords,
): { username: string; password: string } {
  const text = (member: "username" | "password") =>
    credentialText(member, given[member], complain, howToKeepText(member));
  const credentials = { username: text("username"), password: text("password") };
  for (const [member, value] of Object.entries({ endpoint: given.endpoint, ...credentials })) {
    if (typeof value !== "string" || value === "") throw complain(`${member} is missing`, shape);
  }
  for (const [member, value] of Object.entries(credentials)) {
    const stray = strayComplaint(String(value));
    if (stray !== undefined) throw complain(`${member} ${stray.reason}`, stray.wayOut);
  }
  return { username: String(credentials.username), password: String(credentials.password) };
}
