import type { ApiInfo, Method } from "../../provider/systems/element/api/types";
import { compareVersions, supportedVersions } from "./cluster/versions";
import { asyncResultMethods } from "./methods/async-results";
import { clusterFaultMethods } from "./methods/cluster-faults";
import { clusterInfoMethods } from "./methods/cluster-info";
import { driveAdditionMethods } from "./methods/drive-addition";
import { driveMethods } from "./methods/drives";
import { hardwareEncryptionMethods } from "./methods/hardware-encryption";
import { keyPairMethods } from "./methods/key-pair";
import { keyProviderMethods } from "./methods/key-providers";
import { keyServerMethods } from "./methods/key-servers";
import type { MethodDefinition, MethodGroup } from "./methods/method";
import { softwareEncryptionMethods } from "./methods/software-encryption";

/** The whole API: the type makes sure that no method of it is missing. */
const catalogue: MethodGroup<Method> = {
  GetAPI: {
    since: "1.0",
    params: {},
    handle: ({ switches: { apiVersion } }): ApiInfo => ({
      [apiVersion]: methodNames(apiVersion),
      currentVersion: apiVersion,
      supportedVersions: supportedVersions(apiVersion),
    }),
  },
  ...clusterInfoMethods,
  ...keyPairMethods,
  ...keyServerMethods,
  ...keyProviderMethods,
  ...softwareEncryptionMethods,
  ...hardwareEncryptionMethods,
  ...asyncResultMethods,
  ...clusterFaultMethods,
  ...driveMethods,
  ...driveAdditionMethods,
};

const byLowerCaseName = new Map(
  Object.entries(catalogue).map(([name, definition]) => [
    name.toLowerCase(),
    { name: name as Method, definition: definition as unknown as MethodDefinition<Method> },
  ]),
);

/** The method of that name, in any letter case, if API version `version` has it. */
export function findMethod(name: string, version: string) {
  const found = byLowerCaseName.get(name.toLowerCase());
  return found && compareVersions(found.definition.since, version) <= 0 ? found : undefined;
}

/** Whether it is a method's name, in the API's own spelling. */
export function isMethod(name: unknown): name is Method {
  return typeof name === "string" && Object.hasOwn(catalogue, name);
}

function methodNames(version: string): string[] {
  return [...byLowerCaseName.values()]
    .filter(({ definition }) => compareVersions(definition.since, version) <= 0)
    .map(({ name }) => name)
    .sort();
}
