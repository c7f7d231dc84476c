import { typeOf } from "../../provider/adapters/pulumi/resource-type";
import type { Method } from "../../provider/systems/element/api/types";
import type { Times } from "./graph";
import type { Traffic } from "./host/messages";

/** The resource that a call is made for. What any of them may call, such as the lists, takes no time worth mentioning. */
const OWNERS: Partial<Record<Method, Parameters<typeof typeOf>[0]>> = {
  CreatePublicPrivateKeyPair: "element:KeyPair",
  GetClientCertificateSignRequest: "element:CertificateSigningRequest",
  CreateKeyServerKmip: "element:KeyServer",
  TestKeyServerKmip: "element:KeyServer",
  DeleteKeyServerKmip: "element:KeyServer",
  CreateKeyProviderKmip: "element:KeyProvider",
  DeleteKeyProviderKmip: "element:KeyProvider",
  AddKeyServerToProviderKmip: "element:KeyServerAttachment",
  RemoveKeyServerFromProviderKmip: "element:KeyServerAttachment",
  TestKeyProviderKmip: "element:KeyServerAttachment",
  RekeySoftwareEncryptionAtRestMasterKey: "element:MasterKey",
};

/** What the cluster itself took for each resource, from its own count of the three commands. */
export function timesOf(up: Traffic, refresh: Traffic, destroy: Traffic, rekeySeconds: number): Times {
  const times: Times = {};
  const add = (traffic: Traffic, part: keyof Times[string]) => {
    for (const [method, { milliseconds }] of Object.entries(traffic.methods)) {
      const owner = OWNERS[method as Method];
      if (owner === undefined) continue;
      times[typeOf(owner)] ??= { create: 0, read: 0, remove: 0 };
      const time = times[typeOf(owner)];
      if (time !== undefined) time[part] += milliseconds;
    }
  };
  add(up, "create");
  add(refresh, "read");
  add(destroy, "remove");
  const masterKey = times[typeOf("element:MasterKey")];
  if (masterKey !== undefined) {
    masterKey.create += rekeySeconds * 1000;
    masterKey.remove += rekeySeconds * 1000;
  }
  return times;
}
