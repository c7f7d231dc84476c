import type { Vcenter } from "../../provider/systems/vsphere/api/vcenter";
import { type KeyUse, keyUses } from "../../provider/systems/vsphere/observed/key-use";
import { type Inventory, type KeyProviderInventory, takeInventory } from "./inventory";

/** Everything that is read of a vCenter for a report. */
export interface Observation extends Inventory {
  keyProviders: ObservedKeyProvider[];
}

export interface ObservedKeyProvider extends KeyProviderInventory {
  /** Who has keys of it; absent of a trusted provider, which is used on other vCenters. */
  use?: KeyUse;
}

export async function observe(vcenter: Vcenter): Promise<Observation> {
  const inventory = await takeInventory(vcenter);
  if (inventory.keyProviders.every(({ family }) => family === "trusted")) return inventory;
  const useOf = await keyUses(vcenter);
  const keyProviders = await Promise.all(
    inventory.keyProviders.map(
      async (provider): Promise<ObservedKeyProvider> =>
        provider.family === "trusted" ? provider : { ...provider, use: await useOf(provider.name) },
    ),
  );
  return { ...inventory, keyProviders };
}
