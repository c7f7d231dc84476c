import type { Context } from "../../../core/lifecycle";
import type { Words } from "../../../core/words";
import type { Cluster } from "../api/cluster";
import type { KeyProviderKmip } from "../api/types";
import { ProviderActiveError } from "../errors";
import { observeEncryption } from "./hardware-encryption";
import { waitForHandle } from "./jobs";

export async function listKeyProviders(cluster: Cluster): Promise<KeyProviderKmip[]> {
  return (await cluster.call("ListKeyProvidersKmip", {})).kmipKeyProviders;
}

/** Decided by listing: the API has no known error for an id that does not exist. */
export async function findKeyProvider(cluster: Cluster, keyProviderID: number): Promise<KeyProviderKmip | undefined> {
  return (await listKeyProviders(cluster)).find((provider) => provider.keyProviderID === keyProviderID);
}

/**
 * Hardware encryption and the destruction of old keys give no handle to wait for, and so are looked at again and again.
 */
const POLL_MS = 5_000;

/**
 * Waits until no key of a provider is outstanding, as long as something runs that will bring that about.
 *
 * @throws ProviderActiveError naming who holds the keys
 */
export async function waitUntilInactive(
  cluster: Cluster,
  keyProviderID: number,
  attempt: string,
  deadlineSeconds: number,
  context: Context,
): Promise<void> {
  const deadline = context.clock.now().getTime() + deadlineSeconds * 1000;
  for (;;) {
    const provider = await findKeyProvider(cluster, keyProviderID);
    if (provider === undefined || !provider.keyProviderIsActive) return;
    const remaining = (deadline - context.clock.now().getTime()) / 1000;
    if (remaining <= 0 || !(await passed(cluster, keyProviderID, remaining, context))) {
      throw await stillActive(cluster, provider, attempt, context);
    }
  }
}

/** Waits for jobs that may end the provider's activity; answers whether there was any. */
async function passed(cluster: Cluster, keyProviderID: number, seconds: number, context: Context): Promise<boolean> {
  const { masterKey, hardware } = await encryption(cluster);
  const handle = masterKey?.rekeyMasterKeyAsyncResultID;
  if (handle !== undefined) {
    let ran = false;
    await waitForHandle(cluster, handle, {
      clock: context.clock,
      signal: context.signal,
      deadlineSeconds: seconds,
      progress(elapsed) {
        ran = true;
        context.log.progress(`waiting for the rekey to let go of key provider ${keyProviderID} (${elapsed}s)`);
      },
    });
    if (ran) return true;
  }
  // Keys that nobody uses any more keep their provider active until the key server has destroyed them.
  if (hardware.state !== "disabling" && (await usesOf(cluster, keyProviderID)).length > 0) return false;
  context.log.progress(`waiting for the cluster to give up its keys of key provider ${keyProviderID}`);
  await context.clock.sleep(Math.min(POLL_MS, seconds * 1000), context.signal);
  return true;
}

/** Hardware and software encryption, which use keys of a provider. Before 12.3, no master key is held by a provider. */
async function encryption(cluster: Cluster) {
  const hasMasterKey = await cluster.supports("GetSoftwareEncryptionAtRestInfo");
  return {
    masterKey: hasMasterKey ? await cluster.call("GetSoftwareEncryptionAtRestInfo", {}) : undefined,
    hardware: await observeEncryption(cluster),
  };
}

async function stillActive(
  cluster: Cluster,
  provider: KeyProviderKmip,
  attempt: string,
  { self }: Context,
): Promise<ProviderActiveError> {
  const { keyProviderID, keyProviderName } = provider;
  const isOwn = self.isMarkOfStack(keyProviderName, "element:KeyProvider");
  return new ProviderActiveError({
    attempt,
    place: cluster.place,
    reason: `key provider ${keyProviderID} "${keyProviderName}" is active: ${await usesInWords(cluster, keyProviderID)}`,
    wayOut: (words) =>
      (isOwn ? `${finishWhatWasCutOff(words)}; otherwise ` : "") +
      "give the master key to another provider or back to internal keys first (element.MasterKey, with takeOver: true where the stack does not know of the holder), and disable hardware encryption where it uses this provider; " +
      `where only a logical name changed, declare the old one with ${words.formerName}, or change it back`,
  });
}

/** State does not know what a run that was cut off has done to the key. */
const finishWhatWasCutOff = ({ refreshAndApply }: Words): string =>
  `if a run was cut off while it gave a key to this provider, run ${refreshAndApply}, which gives it to whom the program declares, and then this command again`;

/** The uses of a provider's keys, in words. */
async function usesInWords(cluster: Cluster, keyProviderID: number): Promise<string> {
  const found = await usesOf(cluster, keyProviderID);
  return found.length === 0 ? "keys that it created are outstanding" : `${found.join(" and ")} uses its key`;
}

async function usesOf(cluster: Cluster, keyProviderID: number): Promise<string[]> {
  const { masterKey, hardware } = await encryption(cluster);
  return [
    masterKey?.masterKeyInfo?.keyProviderID === keyProviderID && "the master key of software encryption at rest",
    hardware.holder === keyProviderID && "hardware encryption at rest",
  ].filter((use) => use !== false);
}

/**
 * Refuses at plan time a change that would cut an active provider off.
 *
 * @returns the reason, or `undefined` when the provider is inactive or gone
 */
export async function activeReason(cluster: Cluster, keyProviderID: number): Promise<string | undefined> {
  const provider = await findKeyProvider(cluster, keyProviderID);
  if (!provider?.keyProviderIsActive) return undefined;
  return `key provider ${keyProviderID} "${provider.keyProviderName}" is active: ${await usesInWords(cluster, keyProviderID)}`;
}
