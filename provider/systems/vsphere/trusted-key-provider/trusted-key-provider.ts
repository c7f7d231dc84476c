import type { Place } from "../../../core/errors";
import { type CheckFailure, refusal } from "../../../core/lifecycle";
import { type Line, warning } from "../../../core/plan";
import { isUnknown } from "../../../core/unknown";
import { vcenterPlace } from "../api/peer";
import { KeyProviderInUseError, PrimaryKeyChangedError } from "../errors";
import { accessArguments } from "../key-providers/arguments";
import type { Family, ProviderInputs } from "../key-providers/family";
import { providerLifecycle } from "../key-providers/lifecycle";
import { assertNoKeysOf } from "../key-providers/usage";
import { identify, inVcenter } from "../vcenter";
import { trustedKeyProviderResource } from "./resource";

/** What a trusted provider keeps once it has it. */
const LASTING = Object.keys(accessArguments) as (keyof typeof accessArguments)[];

const trusted: Family = {
  description: trustedKeyProviderResource,

  filled: (inputs) => ({
    ...inputs,
    onDelete: inputs.onDelete ?? "keep",
    ...(inputs.onDelete === undefined ? { defaults: ["onDelete" as const] } : {}),
  }),

  examine: (olds, inputs) => ({ failures: primaryKeyFailures(olds, inputs), lines: primaryKeyLines(olds, inputs) }),

  differing: (olds, news) => ({
    trustAuthorityCluster:
      isUnknown(news.trustAuthorityCluster) || olds.trustAuthorityCluster !== news.trustAuthorityCluster,
    primaryKeyID: olds.primaryKeyID !== news.primaryKeyID,
    description: (olds.description ?? "") !== (news.description ?? ""),
    onDelete: olds.onDelete !== news.onDelete,
    workloadVcenters:
      [...(olds.workloadVcenters ?? [])].sort().join() !== [...(news.workloadVcenters ?? [])].sort().join(),
  }),

  forgotten: (olds, news) => LASTING.filter((name) => olds[name] !== undefined && news[name] === undefined),

  assertChangeable({ name, primaryKey: present }, { primaryKeyID: wanted, primaryKeyChange }, { place }) {
    if (present === undefined || wanted === undefined || present === wanted || primaryKeyChange === "allow") return;
    throw primaryKeyChanged({ name, present, wanted }, place);
  },

  isKept: ({ onDelete }) => onDelete !== "delete",

  async assertUnused(vcenter, { name, trustAuthorityCluster, workloadVcenters = [] }, attempt, context) {
    const wayOut =
      "run again. To move without a gap, declare the other provider under a new logical name beside this one";
    if (workloadVcenters.length === 0) {
      throw new KeyProviderInUseError({
        attempt,
        place: vcenter.place,
        reason: `whether machines on other vCenters use "${name}" of ${trustAuthorityCluster} cannot be seen here`,
        wayOut: "name the connections of these vCenters in workloadVcenters, which are looked at then",
      });
    }
    for (const each of workloadVcenters) {
      const workload = await identify(context, each);
      await assertNoKeysOf(workload.vcenter, name, { attempt, wayOut });
    }
  },
};

function primaryKeyFailures(
  { primaryKeyID: present, name = "", drifted }: Partial<ProviderInputs>,
  { primaryKeyID: wanted, primaryKeyChange, vcenter }: ProviderInputs,
): CheckFailure[] {
  // What somebody has changed by hand is shown in a plan as such, and refused by the update.
  if (drifted || present === undefined || typeof wanted !== "string" || isUnknown(wanted) || wanted === present)
    return [];
  if (primaryKeyChange === "allow") return [];
  return [refusal("primaryKeyID", primaryKeyChanged({ name, present, wanted }, vcenterPlace(vcenter)))];
}

const primaryKeyChanged = (
  { name, present, wanted }: { name: string; present: string; wanted: string },
  place: Place,
) =>
  new PrimaryKeyChangedError({
    attempt: `updating key provider "${name}"`,
    place,
    reason: `its primary key is "${present}", and "${wanted}" is declared; what a change does to machines that were encrypted before is not documented`,
    wayOut: `declare "${present}"; or set primaryKeyChange to "allow", once you know that no machine needs the present key`,
  });

/** Key servers identify keys by numbers, UUIDs and the like. */
const LOOKS_LIKE_NAME = /^[A-Za-z][A-Za-z _.-]*$/;

function primaryKeyLines(
  olds: Partial<ProviderInputs>,
  { primaryKeyID: id, primaryKeyChange, vcenter }: ProviderInputs,
): Line[] {
  if (typeof id !== "string" || isUnknown(id) || olds.primaryKeyID === id) return [];
  const lines = LOOKS_LIKE_NAME.test(id)
    ? [warning(`primaryKeyID: "${id}" looks like the name of a key; vCenter wants its id at the key server`)]
    : [];
  if (olds.primaryKeyID === undefined) return lines;
  const former = olds.primaryKeyID;
  if (olds.drifted && primaryKeyChange !== "allow") {
    return [
      ...lines,
      warning(`${inVcenter(vcenter)}: will be refused: somebody has made key ${former} the primary one`),
    ];
  }
  return [...lines, warning(`${inVcenter(vcenter)}: machines that were encrypted under key ${former} keep needing it`)];
}

export const trustedKeyProvider = providerLifecycle(trusted);
