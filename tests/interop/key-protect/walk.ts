import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FaultRule, KeyProtectSimulator } from "../../../simulator";
import { issue, makeAuthority } from "../../kit/certificates";
import { seenBy, type Walker } from "../walker";

const { cert: certificate } = issue(makeAuthority(), { commonName: "client", usage: "client" });

/** Has a client walk a new region from its token to its last deletion, and gives what it saw. */
export async function walk(walker: Walker, faults: FaultRule[] = []): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "key-protect-"));
  const region: KeyProtectSimulator = await KeyProtectSimulator.start({
    stateDir: join(folder, "region"),
    instances: 2,
    beforeAnswer: (method) => (method === "addKmipClientCertificate" ? useAdapters(region) : undefined),
  });
  try {
    for (const fault of faults) region.faults.add(fault);
    const authorities = join(folder, "authorities.pem");
    await writeFile(authorities, region.certificate);
    const { endpoint, iamEndpoint, apiKey, instance } = region;
    const [, otherInstance] = region.instances;
    const told = { endpoint, iamEndpoint, apiKey, instance, otherInstance, certificate, authorities };
    return await seenBy(walker({ REQUESTS_CA_BUNDLE: authorities, SSL_CERT_FILE: authorities }), told);
  } finally {
    await region.close();
    await rm(folder, { recursive: true });
  }
}

/** What a client of the KMIP port does, as soon as its certificate is registered: it makes two objects. */
async function useAdapters(region: KeyProtectSimulator): Promise<void> {
  const adapters = region.state().instances.flatMap((instance) => instance.adapters);
  for (const { id: adapter, certificates, objects } of adapters) {
    if (certificates.length === 0 || objects.length > 0) continue;
    for (const state of ["Active", "Deactivated"]) await region.act("createObject", { adapter, state });
  }
}

/** What every client sees, but for the words in which it speaks of errors. */
export const expected = {
  otherInstance: [401, "UNAUTHORIZED_ERR"],
  badKey: [400, "INVALID_FIELD_ERR"],
  key: [1, false, "default"],
  keys: [true],
  isolated: [],
  unknownRootKey: [404, "NATIVE_CRK_ID_NOT_FOUND_ERR"],
  adapter: ["storage", "", true],
  duplicateAdapter: [409, "KMIP_ADAPTER_DUPLICATE_NAME_ERR"],
  adapterByName: true,
  adapters: [1, 1],
  badCertificate: [400, "INVALID_FIELD_ERR"],
  certificate: ["client", true],
  duplicateCertificate: [409, "KMIP_CERT_DUPLICATE_ERR"],
  certificates: [["client", false]],
  certificateByName: true,
  objects: [
    [2, true],
    [3, true],
  ],
  filtered: [3],
  adapterInUse: [409, "KMIP_ADAPTER_HAS_OBJECTS_ERR"],
  activeObject: [409, "KMIP_OBJECT_ACTIVE_ERR"],
  destroyed: 5,
  destroyedObject: [410, "KMIP_OBJECT_DESTROYED_ERR"],
  left: [],
  rotated: true,
  rotatedAgain: [409, "KEY_ROTATION_NOT_PERMITTED"],
  rootKeyInUse: [409, "PROTECTED_RESOURCE_ERR"],
  certificateGone: [404, "KMIP_CERT_NOT_FOUND_ERR"],
  adapterGone: [404, "KMIP_ADAPTER_NOT_FOUND_ERR"],
  suspended: 2,
  deleted: [5, true],
  deletedKey: [410, "KEY_DELETED_ERR"],
};
