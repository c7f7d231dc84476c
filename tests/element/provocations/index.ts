import type { Provocations } from "../../kit/provocation";
import { certificates } from "./certificates";
import { connection } from "./connection";
import { drives, hardware } from "./hardware-encryption";
import { keyServers } from "./key-servers";
import { masterKeys } from "./master-key";

export const provocations: Provocations = {
  ...connection,
  ...keyServers,
  ...masterKeys,
  ...hardware,
  ...drives,
  ...certificates,
};
