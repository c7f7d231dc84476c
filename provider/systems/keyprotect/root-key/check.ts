import type { CheckFailure, Looking } from "../../../core/lifecycle";
import { ReplacementRefusedError } from "../../../core/object-errors";
import { isNew, takenOver } from "../../../core/ownership";
import { type Line, warning } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { checkNotReplaced } from "../../../core/singleton";
import { isUnknown } from "../../../core/unknown";
import { instancePlace } from "../api/peer";
import { checkInstance, inInstance } from "../instance";
import { type RootKeyInputs, rootKeyResource } from "./resource";

/** Arguments with what check leaves in them. */
export function checkedInputs(
  olds: Partial<RootKeyInputs>,
  news: RootKeyInputs,
  { self }: Pick<Looking, "self">,
): RootKeyInputs {
  const autoName = isNew(olds) && news.name === undefined && news.adopt === undefined ? self.mark : olds.autoName;
  const given = news.name === undefined ? { name: olds.name ?? autoName, autoName } : { autoName: undefined };
  const undecided = news.onDelete === undefined ? { defaults: ["onDelete" as const] } : {};
  // What is left out stays as it is, for nothing changes it.
  const description = news.description || olds.description;
  return { ...withDefaults(rootKeyResource, news), ...given, description, ...undecided, state: "active" };
}

export function failuresOf(olds: Partial<RootKeyInputs>, inputs: RootKeyInputs, context: Looking): CheckFailure[] {
  return [
    ...checkNotReplaced(olds, context, () => replacementRefused(inputs)),
    ...checkArguments(rootKeyResource, inputs),
    ...checkInstance(inputs, context),
    ...checkUnchanged("name", olds, inputs),
    ...checkUnchanged("description", olds, inputs),
  ];
}

/** Says what is taken over, and warns of a destroy that shreds. */
export const foreseen = (olds: Partial<RootKeyInputs>, inputs: RootKeyInputs): Line[] => {
  const { adopt, onDelete, instance } = inputs;
  const warnings =
    onDelete === "delete" && olds.onDelete !== "delete"
      ? [
          warning(
            `${inInstance(instance)}: a destroy will delete this root key, and make unreadable whatever was ever wrapped under it`,
          ),
        ]
      : [];
  return [...takenOver(inInstance(instance), `root key ${adopt}`, olds, inputs), ...warnings];
};

function checkUnchanged(
  property: "name" | "description",
  olds: Partial<RootKeyInputs>,
  news: RootKeyInputs,
): CheckFailure[] {
  if (isNew(olds) || isUnknown(news[property]) || (olds[property] || undefined) === news[property]) return [];
  const kept = olds[property] === undefined ? "leave it out" : `keep "${olds[property]}"`;
  return [
    {
      property,
      reason: `cannot change: Key Protect changes no ${property} of a key, and another key would not open what this one wraps: ${kept}`,
    },
  ];
}

const replacementRefused = ({ instance }: RootKeyInputs) =>
  new ReplacementRefusedError({
    attempt: "replacing the root key",
    place: instancePlace(instance),
    reason: "another key would not open what this one wraps",
    wayOut: "change a value of rotationTriggers to get a new version; the resource itself never needs to be replaced",
  });
