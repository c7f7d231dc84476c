import { systemInWords } from "../../core/system";
import { isUnknown } from "../../core/unknown";
import { ELEMENT } from "./api/peer";

/** An object in words, as far as it is known: `key provider 1 "eks-1a2b3c4"`. */
export function nameOf(kind: "key provider" | "key server", id: unknown, name: unknown): string {
  const isNamed = typeof name === "string" && !isUnknown(name);
  if (isUnknown(id)) return isNamed ? `${kind} "${name}"` : `a ${kind} that is not known yet`;
  return isNamed ? `${kind} ${id} "${name}"` : `${kind} ${id}`;
}

/** Some engines show a line without its resource, and so lines begin with the cluster. */
export const clusterOf = ({ cluster }: { cluster: string }): string => systemInWords(ELEMENT.noun, cluster);
