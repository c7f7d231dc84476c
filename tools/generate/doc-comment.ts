const WIDTH = 120;

/** A doc comment of TypeScript, as wide as a line may be. */
export function docComment(text: string, indent: number, tags: readonly string[] = []): string {
  const margin = " ".repeat(indent);
  const single = `${margin}/** ${text} */`;
  if (tags.length === 0 && !text.includes("\n") && single.length <= WIDTH) return single;
  const width = WIDTH - indent - " * ".length;
  const lines = [...text.split("\n").flatMap((line) => wrapped(line, width)), ...tags];
  return [`${margin}/**`, ...lines.map((line) => `${margin} * ${line}`.trimEnd()), `${margin} */`].join("\n");
}

function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= width || line === "") lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
