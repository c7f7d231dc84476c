import { type Content, type Html, html } from "./markup";

/** The widths that drawings are laid out for; the style sheet shows the drawing that suits the page. */
export const VARIANTS = { wide: 1000, narrow: 340 } as const;
export type Variant = keyof typeof VARIANTS;

export interface Drawing {
  height: number;
  content: Content;
}

/** A drawing for each width, described to whoever does not see it. `id` is its own on the page. */
export const drawing = (id: string, title: string, description: string, draw: (variant: Variant) => Drawing): Html =>
  html`<div class="drawing">${(Object.keys(VARIANTS) as Variant[]).map((variant) => {
    const { height, content } = draw(variant);
    const own = `${id}-${variant}`;
    return html`<svg class="${variant}" role="img" aria-labelledby="${own}-title ${own}-description" viewBox="0 0 ${VARIANTS[variant]} ${height}" xmlns="http://www.w3.org/2000/svg">
<title id="${own}-title">${title}</title>
<desc id="${own}-description">${description}</desc>
${content}
</svg>`;
  })}</div>`;
