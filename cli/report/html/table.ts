import { type Content, type Html, html } from "./html";

/** A table whose rows become blocks on a narrow page: each cell then bears its column's header. */
export const table = (caption: string, headers: readonly string[], rows: readonly (readonly Content[])[]): Html =>
  html`<table>
<caption>${caption}</caption>
<thead><tr>${headers.map((header) => html`<th scope="col">${header}</th>`)}</tr></thead>
<tbody>
${rows.map((cells) => html`<tr>${cells.map((cell, column) => html`<td data-label="${headers[column]}"><div>${cell}</div></td>`)}</tr>\n`)}</tbody>
</table>`;
