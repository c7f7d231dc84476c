import { Holder } from "../../../provider/systems/element/observed/holder";
import type { Declaration } from "../plan";
import { remark } from "../remark";
import type { Draft } from "./draft";
import { declareHeld, type Holders } from "./held-key";

/** Hardware encryption, where a key provider of the program holds its key. */
export function planHardwareEncryption(draft: Draft, holders: Holders): Declaration[] {
  const { state, holder } = draft.inventory.hardwareEncryption;
  if (holder === undefined) return [];
  const resource = { resource: "HardwareEncryption", variable: "hardwareEncryption" } as const;
  const declared =
    state === "enabled" && holder !== "internal" ? declareHeld(resource, holder, holders, draft) : undefined;
  if (declared !== undefined) return [declared];
  draft.remarks.push(
    remark`Hardware encryption at rest is ${state}, with ${Holder.inWords(holder)}: nothing declares it.`,
  );
  return [];
}
