import { configuredConnections } from "../../provider/adapters/pulumi/connections";
import type { Vcenter } from "../../provider/systems/vsphere/api/vcenter";
import { vsphere } from "../../provider/systems/vsphere/system";
import type { SimulatedSystem } from "../kit/simulated";
import { UUID } from "./generators";
import { Run, runOn, settingsOf } from "./harness";
import { type Scene, type Stage, Theatre } from "./stage";

export const simulated: SimulatedSystem<Scene, Stage> = {
  calls: vsphere.calls,
  theatre: () => new Theatre(),
  furnished: "defaulted",
  runOn,

  runOnBoth({ vcenter, clock }, isSameAddress) {
    const settings = settingsOf(vcenter);
    const endpoint = isSameAddress ? settings.endpoint : settings.endpoint.replace("127.0.0.1", "localhost");
    return new Run({ default: settings, east: { ...settings, endpoint } }, { clock });
  },

  identityOf: ({ vcenter }) => vcenter.instanceUuid,

  offline: (call) => (name) => {
    // Names are resolved as in the product.
    const { place, settings, tlsVerification } = OFFLINE.connection(name);
    const about = async () => ({ fullName: "VMware vCenter Server", apiVersion: "8.0.3.0", instanceUuid: UUID });
    const hasTrustAuthority = async () => true;
    return { name, place, settings, tlsVerification, about, hasTrustAuthority, call } as unknown as Vcenter;
  },

  // A vCenter without key providers.
  answers: () => ({ ListKmipServers: [], listKmsProviders: [], ListKeys: [], RetrievePropertiesEx: [] }),
};

const SETTINGS = { endpoint: "https://192.0.2.1", username: "administrator@vsphere.local", password: "not used" };

const OFFLINE = configuredConnections(
  vsphere,
  { vcenters: { default: SETTINGS, insecure: { ...SETTINGS, insecure: true } } },
  {},
  {
    clock: {
      now: () => new Date(),
      sleep: () => Promise.reject(new Error("nothing waits")),
      timeout: () => AbortSignal.abort(new Error("nothing is called")),
    },
    signal: new AbortController().signal,
    assertHostAlive: () => Promise.reject(new Error("nothing writes")),
  },
);
