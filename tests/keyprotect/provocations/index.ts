import type { Provocations } from "../../kit/provocation";
import { adapters } from "./adapters";
import { rootKeys } from "./root-keys";

export const provocations: Provocations = { ...rootKeys, ...adapters };
