import type { Provocations } from "../../kit/provocation";
import { api } from "./api";
import { clientKeys } from "./client-keys";
import { keyProviders } from "./key-providers";

export const provocations: Provocations = { ...api, ...keyProviders, ...clientKeys };
