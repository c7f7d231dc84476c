import { kmipAdapter } from "../../../provider/systems/keyprotect/kmip-adapter/kmip-adapter";
import { kmipAdapterClients } from "../../../provider/systems/keyprotect/kmip-adapter-clients/kmip-adapter-clients";
import { kmipClientCertificate } from "../../../provider/systems/keyprotect/kmip-client-certificate/kmip-client-certificate";
import type { Provocations } from "../../kit/provocation";
import { newCertificate } from "../simulator/regions";
import { type Encounter, inRegion, made } from "./in-region";

const adapterIn = (encounter: Encounter) => encounter.resource("keyprotect:KmipAdapter", kmipAdapter);
const clientIn = (encounter: Encounter) =>
  encounter.resource("keyprotect:KmipClientCertificate", kmipClientCertificate);

/** Makes an adapter, and gives its resource with the ids of both. */
async function adapterMade(encounter: Encounter) {
  const key = await encounter.rootKey();
  const resource = adapterIn(encounter);
  return { resource, key, adapter: await made(resource, { rootKey: key }) };
}

export const adapters: Provocations = {
  EKM_KEY_PROTECT_API: inRegion(async (encounter) => {
    const key = await encounter.rootKey();
    await encounter.scene.somebody("expireKey", { key, expirationDate: "2099-12-31" });
    return adapterIn(encounter).up({ rootKey: key });
  }),

  EKM_KEYS_IN_ADAPTER: inRegion(async (encounter) => {
    const { resource, adapter } = await adapterMade(encounter);
    await made(clientIn(encounter), { adapter, certificate: newCertificate() });
    await encounter.scene.somebody("createObject", { adapter });
    encounter.run.next();
    return resource.destroy();
  }),

  EKM_ADAPTER_HAS_CLIENTS: inRegion(async (encounter) => {
    const { resource, adapter } = await adapterMade(encounter);
    await encounter.scene.somebody("registerCertificate", { adapter, certificate: newCertificate(), name: "vcenter" });
    encounter.run.next();
    return resource.destroy();
  }),

  EKM_CERTIFICATE_REGISTERED_ELSEWHERE: inRegion(async (encounter) => {
    const { adapter, key } = await adapterMade(encounter);
    const certificate = newCertificate();
    await encounter.scene.somebody("createAdapter", { key, name: "elsewhere" });
    await encounter.scene.somebody("registerCertificate", { adapter: "elsewhere", certificate });
    return clientIn(encounter).up({ adapter, certificate });
  }),

  EKM_PROPAGATION_DEADLINE: inRegion(async (encounter) => {
    const { adapter } = await adapterMade(encounter);
    return clientIn(encounter).up({ adapter, certificate: newCertificate(), deadlines: { create: 60 } });
  }),

  EKM_UNDECLARED_CERTIFICATE: inRegion(async (encounter) => {
    const { adapter } = await adapterMade(encounter);
    await encounter.scene.somebody("registerCertificate", { adapter, certificate: newCertificate(), name: "vcenter" });
    const clients = encounter.resource("keyprotect:KmipAdapterClients", kmipAdapterClients);
    return clients.up({ adapter, clientCertificates: [] });
  }),
};
