import type { Source } from "../sources";

/** What belongs to one way in: its name, its commands and options, and how it tells resources apart. */
export const OF_A_WAY_IN = /\bpulumi\b(?!-ekm)|customTimeouts|resource option|\baliases\b|\burns?\b/i;

const SILENT = /^(provider\/(core|connections|pki|systems)|kmip)\//;

/** Words of a way in, in lifecycles and in what they are made of. */
export const wordsOfAWayIn = (sources: readonly Source[]): string[] =>
  sources
    .filter(({ path }) => SILENT.test(path))
    .flatMap(({ path, text }) =>
      [...new Set([...text.matchAll(new RegExp(OF_A_WAY_IN, "gi"))].map(([word]) => word.toLowerCase()))].map(
        (word) => `${path} says ${word}`,
      ),
    );
