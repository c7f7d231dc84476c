import { certificates } from "./certificates";
import { connection } from "./connection";
import { drives, hardware } from "./hardware-encryption";
import { keyServers } from "./key-servers";
import { masterKeys } from "./master-key";
import type { Provocations } from "./provocation";
import { commandLine, run } from "./run";

/** Every error that a user may be shown. */
export const PROVOCATIONS: Provocations = {
  ...connection,
  ...keyServers,
  ...masterKeys,
  ...hardware,
  ...drives,
  ...certificates,
  ...run,
  ...commandLine,
};
