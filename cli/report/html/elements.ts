import { type Content, type Html, html } from "./markup";

/** How a state is to be taken; the word beside the colour says the same. */
export type Tone = "good" | "notice" | "bad" | "plain";

export const badge = (tone: Tone, text: string): Html => html`<span class="badge ${tone}">${text}</span>`;

/** A table whose rows become blocks on a narrow page: each cell then bears its column's header. */
export const table = (caption: string, headers: readonly string[], rows: readonly (readonly Content[])[]): Html =>
  html`<table>
<caption>${caption}</caption>
<thead><tr>${headers.map((header) => html`<th scope="col">${header}</th>`)}</tr></thead>
<tbody>
${rows.map((cells) => html`<tr>${cells.map((cell, column) => html`<td data-label="${headers[column]}"><div>${cell}</div></td>`)}</tr>\n`)}</tbody>
</table>`;
