import { type Html, html } from "./html";

/** How a state is to be taken; the word beside the colour says the same. */
export type Tone = "good" | "notice" | "bad" | "plain";

export const badge = (tone: Tone, text: string): Html => html`<span class="badge ${tone}">${text}</span>`;
