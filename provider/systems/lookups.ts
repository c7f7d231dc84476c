import type { Argument } from "../core/resource/description";
import { displayName, listOf, oneOf, text, truth } from "../core/resource/kinds";
import type { System, SystemConnection } from "../core/system";
import * as onCluster from "./element/lookups";
import { element } from "./element/system";
import { type KmipObjectState, OBJECT_STATES } from "./keyprotect/api/types";
import * as inInstance from "./keyprotect/lookups";
import { keyProtect } from "./keyprotect/system";
import * as onVcenter from "./vsphere/lookups";
import { vsphere } from "./vsphere/system";

/** A look at a system that a program asks for. Its arguments stand beside the name of the system. */
export interface Lookup<Settings extends { endpoint: string }, Connection extends SystemConnection> {
  system: System<Settings, Connection>;
  arguments: Readonly<Record<string, Argument>>;
  /** @param given has been checked to be as `arguments` say */
  look(connection: Connection, given: never): Promise<object>;
}

const on = <Settings extends { endpoint: string }, Connection extends SystemConnection>(
  system: System<Settings, Connection>,
  look: Lookup<Settings, Connection>["look"],
  given: Lookup<Settings, Connection>["arguments"] = {},
): Lookup<Settings, Connection> => ({ system, arguments: given, look });

interface OfProvider {
  keyProvider: string;
}

const keyProvider = { keyProvider: { kind: text, doc: "Name or id of the key provider." } };

/** Every look-up, by its token. */
export const lookups = {
  "element:getClusterFaults": on(element, onCluster.lookUpClusterFaults, {
    faultTypes: { kind: oneOf("current", "resolved", "all"), optional: true, doc: "Which faults." },
    bestPractices: { kind: truth, optional: true, doc: "Whether they are listed as well." },
  }),
  "element:getClusterInfo": on(element, onCluster.lookUpClusterInfo),
  "element:getEncryptionInfo": on(element, onCluster.lookUpEncryptionInfo),
  "element:getKeyProviders": on(element, onCluster.lookUpKeyProviders),
  "element:getKeyServers": on(element, onCluster.lookUpKeyServers),
  "keyprotect:getKmipAdapters": on(keyProtect, inInstance.lookUpKmipAdapters),
  "keyprotect:getKmipEndpoint": on(keyProtect, inInstance.lookUpKmipEndpoint),
  "keyprotect:getKmipObjects": on(
    keyProtect,
    (instance, { adapter, states }: { adapter: string; states?: KmipObjectState[] }) =>
      inInstance.lookUpKmipObjects(instance, adapter, states),
    {
      adapter: { kind: displayName, doc: "ID of the adapter." },
      states: { kind: listOf(oneOf(...Object.values(OBJECT_STATES))), optional: true, doc: "Which objects." },
    },
  ),
  "keyprotect:getRootKeys": on(keyProtect, inInstance.lookUpRootKeys),
  "vsphere:getDefaultKeyProvider": on(
    vsphere,
    (vcenter, { entity }: { entity?: string }) => onVcenter.lookUpDefaultKeyProvider(vcenter, entity),
    { entity: { kind: text, optional: true, doc: "Entity of the inventory." } },
  ),
  "vsphere:getKeyProviders": on(vsphere, onVcenter.lookUpKeyProviders),
  "vsphere:getKeyProviderStatus": on(
    vsphere,
    (vcenter, given: OfProvider) => onVcenter.lookUpKeyProviderStatus(vcenter, given.keyProvider),
    keyProvider,
  ),
  "vsphere:getServerCertificates": on(
    vsphere,
    (vcenter, given: OfProvider) => onVcenter.lookUpServerCertificates(vcenter, given.keyProvider),
    keyProvider,
  ),
} as const;
