import { nodeVersionError } from "../../provider/core/node/version";
import { failureOf, type Provocations } from "../kit/provocation";

export const provocations: Provocations = {
  EKM_NODE_VERSION: () =>
    failureOf(() => {
      throw nodeVersionError("20.20.2");
    }),
};
