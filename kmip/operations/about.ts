import { ObjectType, QueryFunction } from "../enums";
import { all, enumeration, text } from "../fields";
import { Tag } from "../tags";
import type { TtlvItem } from "../ttlv";
import { decodeVersion, encodeVersion, formatVersion } from "../versions";
import type { OperationHandler } from "./operation";

const VENDOR = "pulumi-ekm simulator";

/** Those of the client's versions that are spoken here, or all of ours when it names none. */
export const discoverVersions: OperationHandler = (payload, { versions }) => {
  const asked = new Set(all(payload, Tag.ProtocolVersion, "Structure").map(decodeVersion).map(formatVersion));
  return versions.filter((version) => asked.size === 0 || asked.has(formatVersion(version))).map(encodeVersion);
};

export const query: OperationHandler = (payload, { operations }) => {
  const functions = new Set(all(payload, Tag.QueryFunction, "Enumeration"));
  const answer: TtlvItem[] = [];
  if (functions.has(QueryFunction.QueryOperations)) {
    for (const operation of operations.keys()) answer.push(enumeration(Tag.Operation, operation));
  }
  if (functions.has(QueryFunction.QueryObjects)) answer.push(enumeration(Tag.ObjectType, ObjectType.SymmetricKey));
  if (functions.has(QueryFunction.QueryServerInformation)) answer.push(text(Tag.VendorIdentification, VENDOR));
  return answer;
};
