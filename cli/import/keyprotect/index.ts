import type { Instance } from "../../../provider/systems/keyprotect/api/instance";
import { IAM_ENDPOINT, type InstanceSettings } from "../../../provider/systems/keyprotect/api/settings";
import { DEFAULT_INSTANCE } from "../../../provider/systems/keyprotect/default-instance";
import { keyProtect } from "../../../provider/systems/keyprotect/system";
import { givenInstance } from "../../keyprotect/given-connection";
import { type Inventory, takeInventory } from "../../keyprotect/inventory";
import { CertificateFiles } from "../certificate-files";
import type { Importer } from "../importer";
import { slug, Variables } from "../names";
import type { Plan } from "../plan";
import { quoted, remark } from "../remark";
import { ConnectionName } from "../value";
import { planClients } from "./client-certificates";
import type { Draft } from "./draft";
import { planAdapters } from "./kmip-adapters";
import { planRootKeys } from "./root-keys";

/** Programs for IBM Key Protect instances. */
export const keyProtectImporter: Importer<InstanceSettings, Instance> = {
  system: keyProtect,
  module: "keyprotect",
  defaultConnection: DEFAULT_INSTANCE,
  given: givenInstance,
  projectDescription: "KMIP clients of an IBM Key Protect instance",
  protectedData: "its clients' data",
  certificateFiles: { caCertificate: "instance-tls.pem", iamCaCertificate: "iam-tls.pem" },
  necessary: ({ iamEndpoint, kmipEndpoint, ...settings }) => ({
    ...settings,
    ...(iamEndpoint === IAM_ENDPOINT ? {} : { iamEndpoint }),
    ...(kmipEndpoint === new URL(settings.endpoint).hostname ? {} : { kmipEndpoint }),
  }),
  plan: async (instance, now) => planProgram(await takeInventory(instance), now),
};

/** An instance has no name of its own. */
const USUAL_NAME = "key-protect";

/** Decides how a program declares what an instance has. */
export function planProgram(inventory: Inventory, now: Date): Plan {
  const { connection, instanceID } = inventory;
  const isDefault = connection === DEFAULT_INSTANCE;
  const draft: Draft = {
    inventory,
    now,
    instance: isDefault ? undefined : new ConnectionName(),
    variables: new Variables(),
    certificates: new CertificateFiles(),
    remarks: [],
  };
  const rootKeys = planRootKeys(draft);
  const adapters = planAdapters(draft, rootKeys);
  const clients = planClients(draft, adapters);
  return {
    system: remark`instance ${quoted(connection)} (GUID ${instanceID})`,
    connection,
    name: (!isDefault && slug(connection)) || USUAL_NAME,
    declarations: [...rootKeys.values(), ...adapters.values(), ...clients],
    certificates: draft.certificates.contents,
    remarks: draft.remarks,
  };
}
