import type { StackValidationPolicy } from "@pulumi/policy";
import { withoutControlCharacters } from "../../provider/core/display";
import { element } from "../../sdk";
import { known } from "../known";

interface Config {
  allowedNames: string[];
}

/** What `element.getKeyServers` answers with, as far as it matters here. */
interface KeyServersOnCluster {
  clusterUniqueID: string;
  keyServers: { keyServerID: number; kmipKeyServerName: string }[];
}

/**
 * A key server that no program declares has certificates that nobody renews, and may hold keys. A program shows the rule
 * what its cluster has as an output of the stack, under any name:
 * `export const keyServers = element.getKeyServers();`.
 *
 * @severity medium
 */
export const keyServerUnmanaged: StackValidationPolicy = {
  name: "key-server-unmanaged",
  description: "Every key server of a cluster should be declared.",
  severity: "medium",
  enforcementLevel: "advisory",
  configSchema: { properties: { allowedNames: { type: "array", items: { type: "string" }, default: [] } } },
  validateStack({ resources, getConfig }, report) {
    const declared = resources
      .filter((resource) => resource.isType(element.KeyServer))
      .map(({ props }) => known(props));
    // Until every declared server has its id, as in a preview of a new server, any server on the cluster may be it.
    if (declared.some(({ keyServerID, clusterUniqueID }) => !keyServerID || !clusterUniqueID)) return;
    const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    for (const { clusterUniqueID, keyServers } of Object.values(known(stack?.props ?? {})).filter(isLookup)) {
      const isDeclared = (id: number) =>
        declared.some((server) => server.keyServerID === id && server.clusterUniqueID === clusterUniqueID);
      for (const { keyServerID, kmipKeyServerName: name } of keyServers) {
        if (isDeclared(keyServerID) || getConfig<Config>().allowedNames.includes(name)) continue;
        const title = withoutControlCharacters(`Key server ${keyServerID} "${name}"`);
        report(`${title} of cluster ${clusterUniqueID} should be declared, or be deleted.`);
      }
    }
  },
};

const isLookup = (output: unknown): output is KeyServersOnCluster =>
  isObject(output) &&
  typeof output.clusterUniqueID === "string" &&
  Array.isArray(output.keyServers) &&
  output.keyServers.every(isKeyServer);

const isKeyServer = (value: unknown): boolean =>
  isObject(value) && typeof value.keyServerID === "number" && typeof value.kmipKeyServerName === "string";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
