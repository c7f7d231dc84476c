import type { Declaration } from "../plan";
import { remark } from "../remark";
import type { Draft } from "./draft";
import { declareHeld, type Holders } from "./held-key";

/** The master key, where a key provider of the program holds it. */
export function planMasterKey(draft: Draft, holders: Holders): Declaration[] {
  const { inventory, remarks } = draft;
  const { masterKey, rekey } = inventory;
  if (rekey !== undefined) {
    remarks.push(
      remark`A rekey is running (handle ${rekey}): if it ends with another holder, the first run refuses to adopt the master key.`,
    );
  }
  if (masterKey === "untold") {
    remarks.push(
      remark`The cluster's API is older than 12.3 and does not tell who holds the master key: nothing declares it.`,
    );
    return [];
  }
  if (masterKey === "none") {
    remarks.push(remark`Software encryption at rest is disabled: there is no master key.`);
    return [];
  }
  const { holder } = masterKey;
  if (holder === "internal") {
    remarks.push(remark`The master key is held by the cluster's internal keys: nothing declares it.`);
    return [];
  }
  const declared = declareHeld({ resource: "MasterKey", variable: "masterKey" }, holder, holders, draft);
  if (declared !== undefined) {
    return [{ ...declared, exports: [{ name: "keyID", output: "keyID", doc: "The master key in force." }] }];
  }
  remarks.push(
    remark`The master key is held by key provider ${holder}, which the cluster does not list: nothing declares it.`,
  );
  return [];
}
