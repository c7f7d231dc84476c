import { type InputsOf, resource } from "../../../core/resource/description";
import { countsByName } from "../../../core/resource/kinds";

export const fleetResource = resource({
  token: "element:Fleet",
  doc:
    "Tells the provider process which clusters a program declares: the engine tells it nothing of components. Makes no " +
    "call.",
  insteadOfAdopting: "leave it out: a fleet is no object on a cluster",
  inComponent: true,
  arguments: {
    clusters: {
      kind: countsByName,
      doc: "How many resources the program declares on each cluster, by the name of its connection.",
    },
  },
  outputs: {},
});

export type FleetInputs = InputsOf<typeof fleetResource>;
