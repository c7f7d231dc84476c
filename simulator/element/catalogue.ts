import type { ApiInfo, Method } from "../../provider/element/api/types";
import { asyncResultMethods } from "./async-results";
import { clusterFaultMethods } from "./cluster-faults";
import { clusterInfoMethods } from "./cluster-info";
import { driveAdditionMethods } from "./drive-addition";
import { driveMethods } from "./drives";
import { hardwareEncryptionMethods } from "./hardware-encryption";
import { keyPairMethods } from "./key-pair";
import { keyProviderMethods } from "./key-providers";
import { keyServerMethods } from "./key-servers";
import type { MethodDefinition, MethodGroup } from "./methods";
import { softwareEncryptionMethods } from "./software-encryption";
import { compareVersions, supportedVersions } from "./versions";

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
