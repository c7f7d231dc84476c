import type { Vcenter } from "../api/vcenter";
import { KeyProviderDefaultError, KeyProviderInUseError } from "../errors";
import { defaultingOf } from "../observed/default-provider";
import { keyUseOf } from "../observed/key-use";

const SHOWN = 3;

/** What is to be done to a provider, and the way out where somebody needs it. */
export interface Intention {
  attempt: string;
  wayOut: string;
}

/**
 * Makes sure that a provider is no default, and that no machine and no host has a key of it.
 *
 * @throws KeyProviderDefaultError, KeyProviderInUseError
 */
export async function assertNobodyUses(vcenter: Vcenter, name: string, { attempt, wayOut }: Intention): Promise<void> {
  const { ofVcenter, ofEntities } = await defaultingOf(vcenter, name);
  const [first, ...others] = [
    ...(ofVcenter ? ["the vCenter"] : []),
    ...ofEntities.map(({ type, value }) => `${type}:${value}`),
  ];
  if (first !== undefined) {
    throw new KeyProviderDefaultError({
      attempt,
      place: vcenter.place,
      reason: `"${name}" is the default key provider of ${first}${others.length > 0 ? ` and of ${others.length} more` : ""}`,
      wayOut: ({ refreshAndApply }) =>
        `where a run that was cut off has made it the default, run ${refreshAndApply}; else make another one the default, or none; then ${wayOut}`,
    });
  }
  await assertNoKeysOf(vcenter, name, { attempt, wayOut });
}

/** Whether a provider is a default, or a machine or a host has a key of it. */
export async function isUsed(vcenter: Vcenter, name: string): Promise<boolean> {
  const { ofVcenter, ofEntities } = await defaultingOf(vcenter, name);
  if (ofVcenter || ofEntities.length > 0) return true;
  const { holders, tags } = await keyUseOf(vcenter, name);
  return holders.length + tags.length > 0;
}

/** @throws KeyProviderInUseError */
export async function assertNoKeysOf(vcenter: Vcenter, name: string, { attempt, wayOut }: Intention): Promise<void> {
  const { holders, tags } = await keyUseOf(vcenter, name);
  const users = [...holders.map((each) => `${nounOf(each)} "${each.name}"`), ...tags.map((tag) => `"${tag}"`)];
  if (users.length === 0) return;
  const more = users.length > SHOWN ? ` and ${users.length - SHOWN} more` : "";
  throw new KeyProviderInUseError({
    attempt,
    place: vcenter.place,
    reason: `keys of "${name}" encrypt ${users.slice(0, SHOWN).join(", ")}${more}, ${users.length} in all, which could not be started again without them`,
    wayOut: `encrypt them anew under another provider, or decrypt them; then ${wayOut}`,
  });
}

const NOUNS: Readonly<Record<string, string>> = { VirtualMachine: "virtual machine", HostSystem: "host" };

const nounOf = ({ type }: { type: string }): string => NOUNS[type] ?? type;
