import type { Instance } from "../../../provider/systems/keyprotect/api/instance";
import { DEFAULT_INSTANCE } from "../../../provider/systems/keyprotect/default-instance";
import { keyProtect } from "../../../provider/systems/keyprotect/system";
import { takeInventory } from "../../keyprotect/inventory";
import type { Observing, Reporter } from "../reporter";
import type { InstanceFacts } from "./facts";
import { instanceFindings } from "./findings";
import { instanceSection } from "./html/section";
import { instanceFacts, withKeyUsers } from "./instance-facts";
import { instanceLines } from "./summary";

/** Reports on IBM Key Protect instances. */
export const instanceReporter: Reporter<InstanceFacts> = {
  system: keyProtect,
  defaultConnection: DEFAULT_INSTANCE,
  names: (connections) => connections.to(keyProtect).names(),
  connect: (connection, name) => connection(keyProtect, name),
  observe: async (instance: Instance, about: Observing) =>
    instanceFacts(await takeInventory(instance), instance.settings, about),
  keyUsers: () => [],
  withKeyUsers,
  findings: instanceFindings,
  endsSoon: ({ adapters }) =>
    adapters.some(({ clients }) => clients.some(({ certificate }) => certificate?.status === "endsSoon")),
  title: ({ connection }) => `instance ${connection}`,
  summary: instanceLines,
  section: instanceSection,
};
