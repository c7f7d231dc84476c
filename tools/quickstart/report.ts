import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

const LABEL_WIDTH = 16;

/** What a person reads at the terminal; plain text where there is none. */
export class Report {
  constructor(private readonly stream: NodeJS.WritableStream) {}

  heading(text: string): void {
    this.line("");
    this.line(this.styled("bold", text));
  }

  /** A command as one would type it. */
  command(text: string): void {
    this.line(this.styled("cyan", `  $ ${text}`));
  }

  facts(facts: Record<string, string | number | undefined>): void {
    for (const [label, value] of Object.entries(facts)) this.line(`  ${label.padEnd(LABEL_WIDTH)} ${value ?? "-"}`);
  }

  say(text: string): void {
    this.line(`  ${text}`);
  }

  success(text: string): void {
    this.line(this.styled("green", text));
  }

  private line(text: string): void {
    this.stream.write(`${text}\n`);
  }

  private styled(style: Style, text: string): string {
    return styleText(style, text, { stream: this.stream });
  }
}
