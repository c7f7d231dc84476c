import {
  ConnectionThrottledError,
  ConnectionTimeoutError,
  ConnectionUnreachableError,
} from "../../../connections/errors";
import { converge } from "../../../core/convergence";
import { durationSeconds } from "../../../core/duration";
import type { Comparing, Context } from "../../../core/lifecycle";
import { triggerChanges } from "../../../core/triggers";
import { KeyProtectApiError } from "../api/errors";
import type { Instance } from "../api/instance";
import type { Key } from "../api/types";
import { RootKeyImportedError, RotationTooEarlyError } from "../errors";
import { exclusivelyOn } from "../instance";
import { versionCreatedOf, versionOf } from "../observed/root-keys";
import { usableKey } from "../usable-key";
import type { RootKeyInputs, RootKeyOutputs } from "./resource";

const HOUR_MS = 3_600_000;

type Recorded = Pick<RootKeyOutputs, "recordedKeyVersion" | "rotationTriggers">;
type Version = Pick<RootKeyOutputs, "keyVersion" | "keyVersionCreated">;

/** Why a version must have a successor; `undefined` where it need not. A version that nobody has recorded satisfies all. */
export function rotationReason(
  { keyVersion, keyVersionCreated }: Version,
  { recordedKeyVersion, rotationTriggers }: Recorded,
  news: RootKeyInputs,
  { clock, isSecret }: Pick<Comparing, "clock" | "isSecret">,
): string | undefined {
  const isHidden = isSecret("rotationTriggers");
  const change = triggerChanges("rotationTriggers", rotationTriggers, news.rotationTriggers, isHidden);
  if (change !== undefined && keyVersion === recordedKeyVersion) return change;
  return isOverAge(keyVersionCreated, news.maxAge, clock.now()) ? `it is older than ${news.maxAge}` : undefined;
}

export function isOverAge(created: string, maxAge: string | undefined, now: Date): boolean {
  const seconds = durationSeconds(maxAge);
  return seconds !== undefined && now.getTime() >= Date.parse(created) + seconds * 1000;
}

/**
 * Rotates a key where a trigger or its age asks for it, unless it was rotated since.
 *
 * @returns the key as it is then
 * @throws RotationTooEarlyError, RootKeyImportedError
 */
export function rotated(
  instance: Instance,
  id: string,
  { olds, news, context }: { olds: RootKeyOutputs; news: RootKeyInputs; context: Context },
): Promise<Key> {
  return converge<Key, string, string>(
    {
      look: async () => ({ seen: await usableKey(instance, id, olds) }),
      decide(seen, { done }) {
        if (done.length > 0) return undefined;
        const version = { keyVersion: versionOf(seen), keyVersionCreated: versionCreatedOf(seen) };
        const reason = rotationReason(version, olds, news, context);
        if (reason !== undefined && seen.imported) throw importedKey(instance, seen, reason);
        return reason;
      },
      async start(seen, reason) {
        context.log.progress(`rotating root key "${seen.name}" (${reason})`);
        await rotate(instance, seen);
        return versionOf(seen);
      },
      // Key Protect answers when the new version is there.
      wait: async () => {},
    },
    (work) => exclusivelyOn(instance, context, work),
  );
}

/** An answer that was lost may have had its effect, and a refusal may be about this very rotation: the key is looked at. */
async function rotate(instance: Instance, before: Key): Promise<void> {
  try {
    await instance.call("rotateKey", { id: before.id });
  } catch (error) {
    const isTooEarly = error instanceof KeyProtectApiError && error.vendorName === "KEY_ROTATION_NOT_PERMITTED";
    if (!isTooEarly && !mayHaveHadEffect(error)) throw error;
    const now = await instance.call("getKeyMetadata", { id: before.id });
    if (versionOf(now) !== versionOf(before)) return;
    throw isTooEarly ? tooEarly(instance, now) : error;
  }
}

const mayHaveHadEffect = (error: unknown): boolean =>
  error instanceof ConnectionUnreachableError ||
  error instanceof ConnectionTimeoutError ||
  error instanceof ConnectionThrottledError;

const importedKey = ({ place }: Instance, { id, name }: Key, reason: string) =>
  new RootKeyImportedError({
    attempt: `rotating root key ${id} "${name}" (${reason})`,
    place,
    reason: "its material was imported, and Key Protect makes no new version of it by itself",
    wayOut:
      "import the new material in the instance's console (Keys, the key's menu, Rotate), and leave rotationTriggers and maxAge out",
  });

function tooEarly({ place }: Instance, key: Key): RotationTooEarlyError {
  const from = new Date(Date.parse(versionCreatedOf(key)) + HOUR_MS).toISOString();
  return new RotationTooEarlyError({
    attempt: `rotating root key ${key.id} "${key.name}"`,
    place,
    reason: `KEY_ROTATION_NOT_PERMITTED: Key Protect rotates a key once an hour, and version ${versionOf(key)} was made at ${versionCreatedOf(key)}`,
    wayOut: ({ apply }) => `run ${apply} again after ${from}`,
  });
}
