import { commandLine, run } from "../adapters/provocations";
import { connection } from "../element/provocations/connection";
import { drives, hardware } from "../element/provocations/hardware-encryption";
import { keyServers } from "../element/provocations/key-servers";
import { masterKeys } from "../element/provocations/master-key";
import type { Provocations } from "../element/provocations/provocation";
import { certificates } from "../pki/provocations";

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
