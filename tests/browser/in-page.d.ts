/** Of an element, in pixels of the page. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
  text: string;
}

export interface Drawn extends Box {
  texts: Box[];
}

export interface Layout {
  /** Widths of what is seen of the page, and of the page. */
  viewport: number;
  scrolled: number;
  elements: Box[];
  drawings: (Drawn & { boxes: Drawn[] })[];
}

/** Where everything is. */
export function layout(): Layout;

/** The contrast of each text with what is behind it, as WCAG counts it. */
export function contrasts(): { text: string; ratio: number }[];

export function background(): string;
