import { certificateMethods } from "../crypto-manager/certificates";
import { clusterMethods } from "../crypto-manager/clusters";
import { defaultMethods } from "../crypto-manager/defaults";
import { keyMethods } from "../crypto-manager/keys";
import { serverMethods } from "../crypto-manager/servers";
import { statusMethods } from "../crypto-manager/status";
import { propertyCollectorMethods } from "../inventory/property-collector";
import { viewManagerMethods } from "../inventory/view-manager";
import type { SoapMethod } from "../methods";
import type { SoapMethodDefinition } from "./method";
import type { Schema } from "./parameters";
import { sessionMethods } from "./sessions";

/** A method whose parameters fit its own schema, whichever that is. */
type Definition = Omit<SoapMethodDefinition<never>, "params"> & { params: Schema<object> };

/** The whole SOAP API that is simulated: the type makes sure that no call of it is missing. */
const methods: Record<SoapMethod, Definition> = {
  ...sessionMethods,
  ...serverMethods,
  ...clusterMethods,
  ...certificateMethods,
  ...statusMethods,
  ...defaultMethods,
  ...keyMethods,
  ...propertyCollectorMethods,
  ...viewManagerMethods,
};

/** By the name on the wire. */
export const soapMethods = new Map<string, Definition>(Object.entries(methods));
