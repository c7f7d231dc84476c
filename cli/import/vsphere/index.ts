import type { VcenterSettings } from "../../../provider/systems/vsphere/api/settings";
import type { Vcenter } from "../../../provider/systems/vsphere/api/vcenter";
import { DEFAULT_VCENTER } from "../../../provider/systems/vsphere/default-vcenter";
import { vsphere } from "../../../provider/systems/vsphere/system";
import { givenLogin } from "../../given-login";
import { type Inventory, takeInventory } from "../../vsphere/inventory";
import { CertificateFiles } from "../certificate-files";
import type { Importer } from "../importer";
import { slug, Variables } from "../names";
import type { Plan } from "../plan";
import { quoted, type Remark, remark } from "../remark";
import { ConnectionName } from "../value";
import { planDefaults } from "./defaults";
import type { Draft } from "./draft";
import { planKeyProviders } from "./key-providers";
import { planTrust } from "./trust";

/** Programs for vCenters. */
export const vcenterImporter: Importer<VcenterSettings, Vcenter> = {
  system: vsphere,
  module: "vsphere",
  defaultConnection: DEFAULT_VCENTER,
  given: givenLogin({
    endpoint: "the vCenter's address",
    user: "of an administrator, such as administrator@vsphere.local",
    system: "the vCenter",
  }),
  projectDescription: "Key providers of a vCenter",
  protectedData: "its encrypted machines",
  certificateFiles: { caCertificate: "vcenter-tls.pem" },
  necessary: (settings) => settings,
  plan: async (vcenter, now) => planProgram(await takeInventory(vcenter), now),
};

/** A vCenter has no name of its own. */
const USUAL_NAME = "vcenter";

/** Decides how a program declares what a vCenter has. */
export function planProgram(inventory: Inventory, now: Date): Plan {
  const { connection, vcenterUuid, others } = inventory;
  const isDefault = connection === DEFAULT_VCENTER;
  const draft: Draft = {
    inventory,
    now,
    vcenter: isDefault ? undefined : new ConnectionName(),
    variables: new Variables(),
    certificates: new CertificateFiles(),
    remarks: others.map(undeclarable),
  };
  const planned = planKeyProviders(draft).map((declared) => {
    const trust = planTrust(declared, draft);
    return [declared.declaration, ...trust, ...planDefaults(declared, trust.at(-1), draft)];
  });
  return {
    system: remark`vCenter ${quoted(connection)} (instanceUuid ${vcenterUuid})`,
    connection,
    name: (!isDefault && slug(connection)) || USUAL_NAME,
    declarations: planned.flat(),
    certificates: draft.certificates.contents,
    remarks: draft.remarks,
  };
}

const undeclarable = ({ name, managementType }: Inventory["others"][number]): Remark => {
  switch (managementType) {
    case "nativeProvider":
      return remark`Key provider ${quoted(name)} is a native one, without key servers: nothing declares it.`;
    case "trustAuthority":
      return remark`Key provider ${quoted(name)} is one of Trust Authority: it is declared where that is.`;
    default:
      return remark`Key provider ${quoted(name)} is of a kind that nothing declares.`;
  }
};
