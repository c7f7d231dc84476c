import type { Finding } from "./model";

/** A finding, before it is told of which system. */
export const finding = (kind: Finding["kind"], text: string): Finding => ({ kind, text });
