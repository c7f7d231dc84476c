import { type InputsOf, resource } from "../../../core/resource/description";
import { countsByName } from "../../../core/resource/kinds";

export const fleetResource = resource({
  token: "element:Fleet",
  doc: "Tells a provider process whose fate it is to tell: of a component it knows nothing. Makes no call.",
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
