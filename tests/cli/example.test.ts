import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Inventory } from "../../cli/element/inventory";
import { planProgram } from "../../cli/import/element";
import { projectFiles } from "../../cli/import/project";
import { report } from "../../cli/import/report";
import { publicKeyFingerprint } from "../../provider/pki";
import { projectRoot } from "../../tools/engine/paths";
import { keyProvider, keyServer } from "./inventories";
import { projectComplaints } from "./toolchain";

const FOLDER = join(projectRoot, "examples", "brownfield");
const readExample = (path: string) => readFileSync(join(FOLDER, path), "utf8");

const caCertificate = readExample("certificates/kms-ca.pem");
const clientCertificate = readExample("certificates/kms-client.pem");

/** What the example is about. */
const inventory: Inventory = {
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

const settings = {
  endpoint: "https://storage-1.example.com",
  username: "admin",
  password: "not shown",
  fingerprint256: "5D:54:71:6F:F0:37:2C:6A:E5:B7:2F:55:DC:D5:73:19:D4:3A:10:17:93:FB:21:64:2D:63:B6:EC:A7:72:16:F4",
};

const plan = planProgram(inventory, "default", new Date("2027-01-01"));

test("the example is what the import writes", () => {
  const written = projectFiles(plan, inventory, settings);
  const found = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map(({ parentPath, name }) => join(parentPath, name).slice(FOLDER.length + 1));
  expect(found.sort()).toEqual([...written.keys()].sort());
  for (const [path, contents] of written) expect([path, readExample(path)]).toEqual([path, contents]);
});

test("the example compiles", () => expect(projectComplaints(FOLDER)).toBe(""), 60_000);

test("the page of existing clusters shows what the import prints", () => {
  const printed = report({ plan, inventory, settings, folder: "production", install: ["../pulumi-ekm-0.1.0.tgz"] });
  const page = readFileSync(join(projectRoot, "docs", "existing-clusters.md"), "utf8");
  for (const paragraph of printed.trim().split("\n\n")) expect(page).toContain(paragraph);
});
