import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Inventory as ClusterInventory } from "../../cli/element/inventory";
import { elementImporter, planProgram as planForCluster } from "../../cli/import/element";
import { keyProtectImporter, planProgram as planForInstance } from "../../cli/import/keyprotect";
import { languageOf } from "../../cli/import/languages";
import { projectFiles } from "../../cli/import/project";
import { report } from "../../cli/import/report";
import { planProgram as planForVcenter, vcenterImporter } from "../../cli/import/vsphere";
import type { Inventory as InstanceInventory } from "../../cli/keyprotect/inventory";
import type { Inventory as VcenterInventory } from "../../cli/vsphere/inventory";
import { publicKeyFingerprint } from "../../provider/pki";
import { IAM_ENDPOINT } from "../../provider/systems/keyprotect/api/settings";
import { projectRoot } from "../../tools/engine/paths";
import { keyProvider, keyServer } from "./inventories";
import * as kmip from "./keyprotect/inventories";
import { projectComplaints } from "./toolchain";
import * as vsphere from "./vsphere/inventories";

/** Set to write the examples anew instead of comparing them. */
const WRITES = process.env.EKM_UPDATE_DOCS === "1";

const folderOf = (example: string) => join(projectRoot, "examples", example);
const readExample = (example: string, path: string) => readFileSync(join(folderOf(example), path), "utf8");

const caCertificate = readExample("brownfield", "certificates/kms-ca.pem");
const clientCertificate = readExample("brownfield", "certificates/kms-client.pem");

/** What the example about a cluster is about. */
const cluster: ClusterInventory = {
  cluster: { name: "storage-1", uniqueID: "a7k3" },
  keyPair: {
    subject: "CN=storage-1.example.com, O=Example, C=US",
    subjectFields: { commonName: "storage-1.example.com", organization: "Example", country: "US" },
    publicKeyFingerprint: publicKeyFingerprint(clientCertificate),
  },
  keyServers: [
    keyServer(3, {
      kmipKeyServerName: "kms",
      kmipKeyServerHostnames: ["kms1.example.com", "kms2.example.com"],
      kmipCaCertificate: caCertificate,
      kmipClientCertificate: clientCertificate,
      keyProviderID: 2,
      kmipAssignedProviderIsActive: true,
    }),
    keyServer(5, {
      kmipKeyServerName: "kms (old)",
      kmipKeyServerHostnames: ["kms0.example.com"],
      kmipCaCertificate: caCertificate,
      kmipClientCertificate: clientCertificate,
    }),
  ],
  keyServerFailures: new Map([[5, "xKmipConnectionFailure: kms0.example.com:5696 does not answer"]]),
  keyProviders: [keyProvider(2, { keyProviderName: "kms", keyProviderIsActive: true, keyServerIDs: [3] })],
  masterKey: { holder: 2, keyID: "0b8f7a52-6f0e-4d57-a5b1-5f7a3f1c9d24" },
  hardwareEncryption: { state: "enabled", holder: 2, keyID: "77c1a5de-14a8-4b35-8b8a-53a0d1b8e4fe" },
};

/** What that about an instance is about: the same cluster is its client, and a root key is somebody else's. */
const instance: InstanceInventory = kmip.inventory({
  rootKeys: [
    kmip.rootKey({ name: "storage", description: "of the storage clusters", keyRingID: "kmip" }),
    kmip.rootKey({ id: "4f1e2a90-7c3d-4b21-9e58-d06a1b7f3c44", name: "backups" }),
  ],
  adapters: [kmip.adapter({ certificates: [kmip.registration({ certificate: clientCertificate })] })],
});

const pemOf = (file: string) => readFileSync(join(__dirname, "vsphere", file), "utf8");

/** What that about a vCenter is about: a standard, a trusted and a native provider. */
const vcenter: VcenterInventory = vsphere.inventory({
  keyProviders: [
    vsphere.keyProvider({
      ...{ clientCertificate: pemOf("vcenter.pem"), generatedCertificate: pemOf("vcenter.pem") },
      presented: [{ server: "kms1", certificate: pemOf("kms1.pem"), isTrusted: true, details: [] }],
      trusted: [pemOf("kms1.pem")],
    }),
    vsphere.trustedKeyProvider({
      ...{ clientCertificate: pemOf("vcenter.pem"), generatedCertificate: undefined },
      presented: [{ server: "kms1", certificate: pemOf("kms1.pem"), isTrusted: true, details: [] }],
      trusted: [pemOf("kms1.pem")],
    }),
  ],
  others: [{ name: "native", managementType: "nativeProvider" }],
});

const now = new Date("2027-01-01");

const typescript = languageOf("typescript");

const clusterSettings = {
  endpoint: "https://storage-1.example.com",
  username: "admin",
  password: "not shown",
  fingerprint256: "5D:54:71:6F:F0:37:2C:6A:E5:B7:2F:55:DC:D5:73:19:D4:3A:10:17:93:FB:21:64:2D:63:B6:EC:A7:72:16:F4",
};
const instanceSettings = {
  endpoint: "https://us-south.kms.cloud.ibm.com",
  instance: kmip.INSTANCE,
  apiKey: "not shown",
  iamEndpoint: IAM_ENDPOINT,
  kmipEndpoint: "us-south.kms.cloud.ibm.com",
};

const vcenterSettings = {
  ...{ endpoint: "https://vcenter.example.com", username: "administrator@vsphere.local", password: "not shown" },
  fingerprint256: "7C:1F:0B:5A:96:3E:42:D8:1A:0C:E5:7B:33:90:6D:F4:28:AB:51:C7:EE:09:84:6F:B2:1D:70:C3:5E:98:4A:16",
};

const written = { folder: "production", install: ["npm install ../pulumi-ekm-0.1.0.tgz"] };
const clusterPlan = planForCluster(cluster, "default", now);
const instancePlan = planForInstance(instance, now);
const vcenterPlan = planForVcenter(vcenter, now);

const EXAMPLES = [
  {
    example: "brownfield",
    files: projectFiles(clusterPlan, elementImporter, clusterSettings, typescript),
    printed: report({ plan: clusterPlan, frame: elementImporter, settings: clusterSettings, ...written }),
  },
  {
    example: "brownfield-yaml",
    files: projectFiles(clusterPlan, elementImporter, clusterSettings, languageOf("yaml")),
    printed: report({ plan: clusterPlan, frame: elementImporter, settings: clusterSettings, ...written }),
  },
  {
    example: "brownfield-key-protect",
    files: projectFiles(instancePlan, keyProtectImporter, instanceSettings, typescript),
    printed: report({ plan: instancePlan, frame: keyProtectImporter, settings: instanceSettings, ...written }),
  },
  {
    example: "brownfield-vcenter",
    files: projectFiles(vcenterPlan, vcenterImporter, vcenterSettings, typescript),
    printed: report({ plan: vcenterPlan, frame: vcenterImporter, settings: vcenterSettings, ...written }),
  },
];

describe.each(EXAMPLES)("the example $example", ({ example, files, printed }) => {
  const folder = folderOf(example);

  test("is what the import writes", () => {
    if (WRITES) {
      for (const [path, contents] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), contents);
      }
    }
    const found = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
    expect(found.sort()).toEqual([...files.keys()].sort());
    for (const [path, contents] of files) expect([path, readExample(example, path)]).toEqual([path, contents]);
  });

  if (files.has("tsconfig.json")) test("compiles", () => expect(projectComplaints(folder)).toBe(""), 60_000);

  test("is told on the page of existing systems as the import tells it", () => {
    const page = readFileSync(join(projectRoot, "docs", "existing-clusters.md"), "utf8");
    for (const paragraph of printed.trim().split("\n\n")) expect(page).toContain(paragraph);
  });
});
