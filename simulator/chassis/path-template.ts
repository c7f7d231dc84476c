/** The parts of a path by their names in a template such as `/keys/{key}`; `undefined` where it is another path. */
export function slotsOf(template: string, path: string): Record<string, string> | undefined {
  const [pattern, parts] = [template.split("/"), path.split("/")];
  if (pattern.length !== parts.length) return undefined;
  const slots: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = decoded(parts[index] ?? "");
    const [, slot] = /^\{(.+)\}$/.exec(expected) ?? [];
    if (slot !== undefined && part) slots[slot] = part;
    else if (expected !== part) return undefined;
  }
  return slots;
}

/** A part that is no text when it is decoded names nothing. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
