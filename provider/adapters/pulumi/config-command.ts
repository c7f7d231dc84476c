/** A command that sets one member of a connection, under the key of its system, in the stack's configuration, for a POSIX shell as it stands. */
export function configCommand(
  key: string,
  connection: string,
  member: string,
  value: string | undefined,
  ...flags: string[]
): string {
  const name = /^[A-Za-z_]\w*$/.test(connection) ? `.${connection}` : `["${connection.replaceAll('"', '\\"')}"]`;
  const text = value !== undefined && isReadAsOtherThanText(value) ? ["--type string"] : [];
  const words = ["pulumi config set --path", ...text, ...flags, inShell(`ekm:${key}${name}.${member}`)];
  if (value === undefined) return words.join(" ");
  return [...words, ...(value.startsWith("-") ? ["--"] : []), inShell(value)].join(" ");
}

/** With --path, Pulumi stores these as a number or a truth value. */
const isReadAsOtherThanText = (value: string): boolean => /^([-+]?\d+|true|false)$/i.test(value);

/** As one word of a shell's command line. */
export const inShell = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
