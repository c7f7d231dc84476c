import type { KeyServerKmip } from "../../../provider/systems/element/api/types";
import { sameHostnames } from "../../../provider/systems/element/equality";
import type { Inventory } from "../../element/inventory";
import { quoted, type Remark, remark } from "../remark";

/** What only a person can decide, because the cluster's objects do not tell. */
export const clusterRemarks = ({ keyServers, keyProviders }: Inventory): Remark[] => [
  ...groups(keyServers, isSameServer).map(
    (same) =>
      remark`Key servers ${same.map(({ keyServerID }) => keyServerID).join(" and ")} have the same hosts and port: all are declared, though one would do.`,
  ),
  ...groups(keyProviders, (a, b) => a.keyProviderName === b.keyProviderName).map(
    (same) =>
      remark`Key providers ${same.map(({ keyProviderID }) => keyProviderID).join(" and ")} bear the same name, ${quoted(same[0]?.keyProviderName ?? "")}: their ids tell them apart.`,
  ),
];

const isSameServer = (a: KeyServerKmip, b: KeyServerKmip): boolean =>
  a.kmipKeyServerPort === b.kmipKeyServerPort && sameHostnames(a.kmipKeyServerHostnames, b.kmipKeyServerHostnames);

/** The groups of two members or more. */
function groups<T>(objects: readonly T[], isSame: (a: T, b: T) => boolean): T[][] {
  const found: T[][] = [];
  for (const object of objects) {
    const group = found.find(([first]) => first !== undefined && isSame(first, object));
    if (group === undefined) found.push([object]);
    else group.push(object);
  }
  return found.filter(({ length }) => length > 1);
}
