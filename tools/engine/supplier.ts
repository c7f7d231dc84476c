import type { Progress } from "./progress";

/** A way of making an engine where there is none. */
export interface Supplier {
  /** As a person would name the way. */
  name: string;
  source: "installer" | "built";
  /** Fills `<folder>/bin` with an engine of the pinned version. Rejects with the reason why it cannot. */
  supply(folder: string, progress: Progress): Promise<void>;
}
