import type { MethodGroup } from "./method";

/** Release and revision that go with an API version. */
function release(apiVersion: string): string {
  return `${apiVersion}.0.958`;
}

export const clusterInfoMethods: MethodGroup<"GetClusterInfo" | "GetClusterVersionInfo"> = {
  GetClusterInfo: {
    since: "1.0",
    params: {},
    handle: ({ state }) => ({
      clusterInfo: {
        attributes: {},
        defaultProtectionScheme: "doubleHelix",
        enabledProtectionSchemes: ["doubleHelix"],
        supportedProtectionSchemes: ["doubleHelix"],
        encryptionAtRestState: state.hardwareEncryption.state,
        softwareEncryptionAtRestState: state.softwareEncryption.enabled ? "enabled" : "disabled",
        ensemble: ["10.0.0.11", "10.0.0.12", "10.0.0.13"],
        mvip: "10.0.0.10",
        mvipInterface: "Bond1G",
        mvipNodeID: 1,
        mvipVlanTag: "0",
        name: state.identity.name,
        repCount: 2,
        svip: "10.0.1.10",
        svipInterface: "Bond10G",
        svipNodeID: 1,
        svipVlanTag: "0",
        uniqueID: state.identity.uniqueID,
        uuid: state.identity.uuid,
      },
    }),
  },

  GetClusterVersionInfo: {
    since: "1.0",
    params: {},
    handle: ({ switches: { apiVersion }, state }) => ({
      clusterAPIVersion: apiVersion,
      clusterVersion: release(apiVersion),
      clusterVersionInfo: [...new Set(state.drives.map(({ nodeID }) => nodeID))].map((nodeID) => ({
        nodeID,
        nodeVersion: release(apiVersion),
        nodeInternalRevision: "BuildType=Release Element=simulated",
      })),
      softwareVersionInfo: {
        currentVersion: release(apiVersion),
        nodeID: 0,
        packageName: "",
        pendingVersion: release(apiVersion),
        startTime: "",
      },
    }),
  },
};
