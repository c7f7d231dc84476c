/** Enough of different kinds of characters to stand in no text by chance. */
const isUnmistakable = (secret: string): boolean =>
  secret.length >= 16 || (secret.length >= 8 && /[a-z]/i.test(secret) && /[^a-z]/i.test(secret));

/** A text in which the secrets are masked that are like no word of it. */
export const masked = (text: string, secrets: readonly string[]): string =>
  secrets.filter(isUnmistakable).reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);

/**
 * What a peer wrote, where it may show a secret. One that is short, or a word, would be given away by its mask: then
 * `instead` stands for the whole text.
 */
export function ofPeer(text: string, secrets: readonly string[], instead: string): string {
  const words = secrets.filter((secret) => !isUnmistakable(secret));
  return words.some((word) => standsIn(text, word)) ? instead : masked(text, secrets);
}

/** On its own, and not within another word. */
function standsIn(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "u").test(text);
}
