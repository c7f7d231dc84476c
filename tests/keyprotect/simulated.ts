import { configuredConnections } from "../../provider/adapters/pulumi/connections";
import type { Instance } from "../../provider/systems/keyprotect/api/instance";
import type { Key } from "../../provider/systems/keyprotect/api/types";
import { keyProtect } from "../../provider/systems/keyprotect/system";
import type { SimulatedSystem } from "../kit/simulated";
import { ID } from "./generators";
import { Run, runOn, settingsOf } from "./harness";
import { type Scene, type Stage, Theatre } from "./stage";

export const simulated: SimulatedSystem<Scene, Stage> = {
  calls: keyProtect.calls,
  theatre: () => new Theatre(),
  furnished: "registered",
  runOn,

  runOnBoth({ region, clock }, isSameAddress) {
    const settings = settingsOf(region);
    const endpoint = isSameAddress ? settings.endpoint : settings.endpoint.replace("127.0.0.1", "localhost");
    return new Run({ default: settings, east: { ...settings, endpoint } }, { clock });
  },

  identityOf: ({ region }) => region.instance,

  offline: (call) => (name) => {
    // Names are resolved as in the product.
    const { place, settings, tlsVerification } = OFFLINE.connection(name);
    return { name, place, settings, tlsVerification, call } as unknown as Instance;
  },

  // A root key for every alias, and an instance without adapters.
  answers: () => ({ getKeyMetadata: KEY, getKmipAdapters: [], getKmipClientCertificates: [], getKmipObjects: [] }),
};

const KEY: Key = {
  id: ID,
  name: "storage",
  state: "active",
  extractable: false,
  crn: "",
  imported: false,
  creationDate: "2026-01-01T00:00:00Z",
};

const SETTINGS = { endpoint: "https://192.0.2.1", instance: ID, apiKey: "unused" };

const OFFLINE = configuredConnections(
  keyProtect,
  { keyProtectInstances: { default: SETTINGS, insecure: { ...SETTINGS, insecure: true } } },
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
