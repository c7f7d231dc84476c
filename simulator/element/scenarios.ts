import { isObject } from "../chassis/json-object";
import type { Cluster } from "./cluster/machine";
import { evaluateFaults } from "./methods/cluster-faults";
import { failLockedDrives } from "./methods/drives";
import { hardwareEncryptionMethods } from "./methods/hardware-encryption";
import { discardKey } from "./methods/key-custody";
import { keyPairMethods } from "./methods/key-pair";
import { findKeyProvider } from "./methods/key-providers";
import { findKeyServer, keyServerMethods } from "./methods/key-servers";
import { integer, type ParameterSchema, readParameters, required } from "./methods/parameters";
import { softwareEncryptionMethods } from "./methods/software-encryption";

type Scenario = (cluster: Cluster, params: Record<string, unknown>) => Promise<unknown>;

/** Acts of somebody else on the cluster. Some go past the API's refusals, and say so. */
export const scenarios = {
  /** `{keyServerID, changes}`: changes fields of a server without contacting it. */
  modifyKeyServer: (cluster, { changes, ...params }) => {
    const server = findKeyServer(cluster, given(params, { keyServerID: required(integer) }).keyServerID);
    const known = keyServerMethods.ModifyKeyServerKmip.params;
    Object.assign(server, given({ ...(isObject(changes) ? changes : {}), keyServerID: server.keyServerID }, known));
    return cluster.save();
  },

  /** `{keyServerID}`: removes a server, the last one of an active provider included. */
  deleteKeyServer: (cluster, params) => {
    const server = findKeyServer(cluster, given(params, { keyServerID: required(integer) }).keyServerID);
    cluster.state.keyServers = cluster.state.keyServers.filter((other) => other !== server);
    return cluster.save();
  },

  /** `{keyServerID}`: detaches a server, the last one of an active provider included. */
  detachKeyServer: (cluster, params) => {
    findKeyServer(cluster, given(params, { keyServerID: required(integer) }).keyServerID).keyProviderID = null;
    return cluster.save();
  },

  /** `{keyProviderID}`: removes a provider, an active one included. */
  deleteKeyProvider: (cluster, params) => {
    const { keyProviderID } = given(params, { keyProviderID: required(integer) });
    const provider = findKeyProvider(cluster, keyProviderID);
    cluster.state.keyProviders = cluster.state.keyProviders.filter((other) => other !== provider);
    for (const server of cluster.state.keyServers) {
      if (server.keyProviderID === keyProviderID) server.keyProviderID = null;
    }
    return cluster.save();
  },

  /** A subject's fields: a new key pair, which every stored client certificate no longer fits. */
  regenerateKeyPair: async (cluster, params) => {
    const method = keyPairMethods.CreatePublicPrivateKeyPair;
    return method.handle(cluster, readParameters(method.params, params).params);
  },

  /** Starts a rekey back to an internal master key. */
  rekeyInternal: async (cluster) =>
    softwareEncryptionMethods.RekeySoftwareEncryptionAtRestMasterKey.handle(cluster, { keyManagementType: "internal" }),

  /** The UI's button: hardware encryption is enabled with internal keys, whoever held them before. */
  enableHardwareEncryptionInternally: async (cluster) => {
    const { key } = cluster.state.hardwareEncryption;
    cluster.state.hardwareEncryption = { state: "disabled", since: cluster.now().toISOString() };
    if (key) await discardKey(cluster, key);
    return hardwareEncryptionMethods.EnableEncryptionAtRest.handle(cluster, {});
  },

  /** The nodes restart and do not get the key: metadata drives stay locked. They become available with the key. */
  bootWithoutKey: async (cluster) => {
    failLockedDrives(cluster);
    await evaluateFaults(cluster);
  },
} satisfies Record<string, Scenario>;

function given<P>(params: Record<string, unknown>, schema: ParameterSchema<P>): P {
  return readParameters(schema, params).params;
}
