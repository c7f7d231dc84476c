import { displayName } from "../../../provider/core/resource/kinds";
import type { KeyProviderKmip } from "../../../provider/systems/element/api/types";
import { logicalNames } from "../names";
import type { Declaration } from "../plan";
import { notDeclared, quoted, type Remark, remark } from "../remark";
import type { ById, Draft } from "./draft";

/** Every key provider. */
export function planKeyProviders({ inventory, cluster, variables }: Draft): ById {
  const { keyProviders } = inventory;
  const names = logicalNames(
    keyProviders.map(({ keyProviderID: id, keyProviderName: name }) => ({ id, name })),
    "key-provider",
  );
  return new Map(
    keyProviders.map((provider): [number, Declaration] => {
      const { keyProviderID, keyProviderName, keyProviderIsActive } = provider;
      const logicalName = names.get(keyProviderID) ?? "";
      const [complaint] = displayName.complaints(keyProviderName);
      return [
        keyProviderID,
        {
          resource: "KeyProvider",
          variable: variables.name(logicalName, "Provider"),
          logicalName,
          args: {
            cluster,
            name: complaint === undefined ? keyProviderName : undefined,
            adopt: String(keyProviderID),
          },
          description: remark`${keyProviderID} ${quoted(keyProviderName)}, ${keyProviderIsActive ? "active" : "inactive"}`,
          remarks: [
            ...(complaint === undefined ? [] : [notDeclared("name", keyProviderName, complaint.reason)]),
            ...serverRemarks(provider),
          ],
        },
      ];
    }),
  );
}

function serverRemarks({ keyProviderID, keyProviderName, keyServerIDs }: KeyProviderKmip): Remark[] {
  const title = `Key provider ${keyProviderID} ${quoted(keyProviderName)}`;
  if (keyServerIDs.length === 0) return [remark`${title} has no key server.`];
  if (keyServerIDs.length === 1) return [];
  return [remark`${title} has several key servers, ${keyServerIDs.join(" and ")}: the API reference allows one.`];
}
