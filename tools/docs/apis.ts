import type { Description } from "../../provider/core/resource/description";
import type { ApiCall } from "../../provider/core/system";
import { METHODS } from "../../provider/systems/element/api/methods";
import { OPERATIONS } from "../../provider/systems/keyprotect/api/operations";
import { registry } from "../../provider/systems/registry";
import { CALLS } from "../../provider/systems/vsphere/api/calls";

/** The API of a system, as pages tell of it. */
export interface Api {
  /** First half of the tokens of its resources, and the name space of the SDK. */
  module: string;
  /** As a heading names it. */
  name: string;
  /** What its methods do, in words. */
  subject: string;
  /** By their names in the vendor's reference. */
  calls: Readonly<Record<string, ApiCall>>;
  /** What every resource and every look-up calls when it connects. */
  connecting: readonly string[];
  /** Methods about its subject that nothing calls, and why. */
  notUsed: Readonly<Record<string, string>>;
  /** What the rights are called that a method needs. */
  rights: string;
  /** Rights that are enough for every method. */
  allRights: readonly string[];
}

export const APIS: readonly Api[] = [
  {
    module: "element",
    name: "Element",
    subject: "key management and encryption at rest",
    calls: METHODS,
    connecting: ["GetAPI", "GetClusterInfo"],
    notUsed: {
      GetKeyServerKmip:
        "The API has no known error for an id that does not exist: whether a server is there is decided by `ListKeyServersKmip`, which tells the same of it.",
      GetKeyProviderKmip: "As for key servers: `ListKeyProvidersKmip` decides.",
      ClearClusterFaults:
        "Takes faults off a list, and mends nothing. A fault whose cause is gone is resolved by the cluster itself.",
      GetFeatureStatus: "None of its features is key management or encryption at rest.",
      EnableFeature: "The same, and what it enables can never be switched off.",
      CreateCluster:
        "Is called on a node that is in no cluster yet: there is nothing a resource could look at, compare or destroy. Software encryption at rest is chosen there, and only there.",
    },
    rights: "Access types that may call it",
    allRights: ["administrator"],
  },
  {
    module: "keyprotect",
    name: "Key Protect",
    subject: "root keys and KMIP",
    calls: OPERATIONS,
    connecting: [],
    notUsed: {
      getKey: "Gives key material away where there is any: `getKeyMetadata` tells the rest.",
      getKeyVersions: "The present version is in the key itself.",
      enableKey: "Whoever suspended a root key had a reason: ending that is a person's decision.",
      disableKey: "Stops every client of every adapter under the key: what a person does who has a reason to.",
      restoreKey: "A key that somebody has deleted is told of; bringing it back is a person's decision.",
      purgeKey: "Ends what can still be brought back.",
      wrapKey: "Data is wrapped by whoever has it, and not here.",
      unwrapKey: "The same.",
      createKeyAlias: "A root key is found by its ID or by an alias that it has.",
      getKmipObject: "`getKmipObjects` tells the same of all of them.",
    },
    rights: "IAM action",
    allRights: [],
  },
  {
    module: "vsphere",
    name: "vSphere",
    subject: "key providers",
    calls: CALLS,
    connecting: [],
    notUsed: { getKmsServiceStatus: "Each provider tells its own health, with that of each server." },
    rights: "Privilege",
    allRights: [],
  },
];

/** The API of a system. */
export function apiOf(module: string): Api {
  const api = APIS.find((each) => each.module === module);
  if (api === undefined) throw new Error(`no page tells of the API of ${module}`);
  return api;
}

/** The methods that a resource calls beside those of connecting, by its description. */
export function describedMethods({ token, calls = [] }: Description): readonly string[] {
  const [module = ""] = token.split(":");
  return calls.flatMap(({ methods }) => methods).map((name) => methodOf(module, name, token));
}

/** @param whose of which it is said that it calls the method */
export function methodOf(module: string, name: string, whose: string): string {
  if (!Object.hasOwn(apiOf(module).calls, name)) throw new Error(`${whose}: the API has no method ${name}`);
  return name;
}

/** The resources that call a system, by their names in programs. */
export const describedResources = (): [name: string, methods: readonly string[]][] =>
  Object.values<{ description: Description }>(registry)
    .filter(({ description }) => description.calls !== undefined)
    .map(({ description }) => [description.token.replace(":", "."), describedMethods(description)]);

/** What of these belongs to one API. */
export const ofApi = <T>({ module }: Api, named: Iterable<readonly [name: string, T]>): (readonly [string, T])[] =>
  [...named].filter(([name]) => name.startsWith(`${module}.`));
