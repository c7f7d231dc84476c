import type { Cluster } from "../../../provider/systems/element/api/cluster";
import type { ConnectionSettings } from "../../../provider/systems/element/api/settings";
import { DEFAULT_CLUSTER } from "../../../provider/systems/element/default-cluster";
import { element } from "../../../provider/systems/element/system";
import { givenCluster } from "../../element/given-connection";
import { type Inventory, takeInventory } from "../../element/inventory";
import { CertificateFiles } from "../certificate-files";
import type { Importer } from "../importer";
import { slug, Variables } from "../names";
import type { Plan } from "../plan";
import { quoted, remark } from "../remark";
import { ConnectionName } from "../value";
import { planAttachments } from "./attachments";
import { clusterRemarks } from "./cluster-remarks";
import type { Draft } from "./draft";
import { planHardwareEncryption } from "./hardware-encryption";
import { planKeyPair } from "./key-pair";
import { planKeyProviders } from "./key-providers";
import { planKeyServers } from "./key-servers";
import { planMasterKey } from "./master-key";

/** Programs for NetApp Element clusters. */
export const elementImporter: Importer<ConnectionSettings, Cluster> = {
  system: element,
  module: "element",
  defaultConnection: DEFAULT_CLUSTER,
  given: givenCluster,
  projectDescription: "External key management of a storage cluster",
  protectedData: "its data",
  certificateFiles: { caCertificate: "cluster-tls.pem" },
  necessary: (settings) => settings,
  plan: async (cluster, now) => planProgram(await takeInventory(cluster), cluster.name, now),
};

/** Decides how a program declares what a cluster has. */
export function planProgram(inventory: Inventory, connection: string, now: Date): Plan {
  const draft: Draft = {
    inventory,
    now,
    name: slug(inventory.cluster.name) || "storage",
    cluster: connection === DEFAULT_CLUSTER ? undefined : new ConnectionName(),
    variables: new Variables(),
    certificates: new CertificateFiles(),
    remarks: [],
  };
  const keyPair = planKeyPair(draft);
  const servers = planKeyServers(draft);
  const providers = planKeyProviders(draft);
  const attachments = planAttachments(draft, servers, providers);
  const masterKey = planMasterKey(draft, { providers, attachments });
  const hardwareEncryption = planHardwareEncryption(draft, { providers, attachments });
  return {
    system: remark`cluster ${quoted(inventory.cluster.name)} (uniqueID ${inventory.cluster.uniqueID})`,
    connection,
    name: draft.name,
    declarations: [
      ...keyPair,
      ...servers.values(),
      ...providers.values(),
      ...[...attachments.values()].flat(),
      ...masterKey,
      ...hardwareEncryption,
    ],
    certificates: draft.certificates.contents,
    remarks: [...draft.remarks, ...clusterRemarks(inventory)],
  };
}
