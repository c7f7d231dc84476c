import type { Source } from "../sources";

/** The name of one way in, its commands and its options. */
const NAMES = /\bpulumi\b(?!-ekm)|customTimeouts|resource option|\baliases\b/;

/** What belongs to one way in: these, and how it tells resources apart. */
export const OF_A_WAY_IN = new RegExp(`${NAMES.source}|\\burns?\\b`, "i");

/** Who says nothing of it. What runs a lifecycle passes identities on, and calls them what they are today. */
const SILENT: readonly [room: RegExp, words: RegExp][] = [
  [/^(provider\/(core|connections|pki|systems)|kmip)\//, OF_A_WAY_IN],
  [/^provider\/adapters\/process\//, NAMES],
];

/** What a system's API calls by such a word, and means something else by it. */
const OF_AN_API: readonly [room: RegExp, words: RegExp][] = [
  [/^provider\/systems\/keyprotect\//, /urn:ibm:|\baliases\b/g],
  [/^provider\/systems\/vsphere\/api\/soap\//, /urn:vim25/g],
];

/** Words of a way in, in lifecycles, in what they are made of, and in what runs them. */
export const wordsOfAWayIn = (sources: readonly Source[]): string[] =>
  sources.flatMap(({ path, text }) => {
    const words = SILENT.find(([room]) => room.test(path))?.[1];
    const ofApi = OF_AN_API.find(([room]) => room.test(path))?.[1];
    const own = ofApi === undefined ? text : text.replace(ofApi, "");
    const said = words === undefined ? [] : [...own.matchAll(new RegExp(words, "gi"))];
    return [...new Set(said.map(([word]) => word.toLowerCase()))].map((word) => `${path} says ${word}`);
  });
