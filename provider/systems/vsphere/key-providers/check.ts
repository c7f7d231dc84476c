import { isConnectionKnown } from "../../../connections/configured";
import { isEkmError } from "../../../core/errors";
import { type CheckFailure, type Looking, refusal } from "../../../core/lifecycle";
import { isNew } from "../../../core/ownership";
import { isUnknown } from "../../../core/unknown";
import { idOf } from "../observed/reference";
import { vsphere } from "../system";
import { identify } from "../vcenter";
import type { Family, ProviderInputs } from "./family";
import { providersOn } from "./referenced";

/** What a provider is, whoever declares it: names are unique on a vCenter, whatever the kind. */
export const providerKey = ({ vcenter, name = "" }: Pick<ProviderInputs, "vcenter" | "name">): string =>
  `key provider ${name} on vCenter ${vcenter}`;

export function checkDeclaredOnce(inputs: ProviderInputs, { declarations, self, inWords }: Looking): CheckFailure[] {
  if (isUnknown(inputs.name) || isUnknown(inputs.vcenter)) return [];
  const other = declarations.declare(providerKey(inputs), self.identity);
  if (other === undefined) return [];
  const reason = `must be unique on a vCenter, and ${inWords(other)} already declares it`;
  return [{ property: "name", reason }];
}

/** Names of what is another provider. */
export function replacing(family: Family, olds: Partial<ProviderInputs>, news: ProviderInputs): string[] {
  if (isNew(olds)) return [];
  const isOther = (name: "name" | "trustAuthorityCluster") =>
    news[name] !== undefined && !isUnknown(news[name]) && olds[name] !== undefined && news[name] !== olds[name];
  return [
    ...(isOther("name") ? ["name"] : []),
    ...(isOther("trustAuthorityCluster") ? ["trustAuthorityCluster"] : []),
    ...family.forgotten(olds, news),
  ];
}

/** Refuses another provider in the place of one that is used. */
export async function checkReplacement(
  family: Family,
  olds: Partial<ProviderInputs>,
  news: ProviderInputs,
  context: Looking,
): Promise<CheckFailure[]> {
  const [property] = replacing(family, olds, news);
  const { name, vcenter: former, trustAuthorityCluster } = olds;
  if (property === undefined || name === undefined || former === undefined) return [];
  if (!isConnectionKnown(vsphere, former, context)) return [];
  const { vcenter } = await identify(context, former);
  if ((await providersOn(vcenter, trustAuthorityCluster).looks.find(name)) === undefined) return [];
  try {
    const reference = { name, trustAuthorityCluster, workloadVcenters: olds.workloadVcenters };
    const attempt = `replacing key provider "${idOf(reference, undefined)}"`;
    await family.assertUnused(vcenter, reference, attempt, context);
    return [];
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return [refusal(property, error)];
  }
}
