import * as pulumi from "@pulumi/pulumi";
import { element, pki } from "pulumi-ekm";

const config = new pulumi.Config();

const storage = new element.ExternalKeyManagement("storage", {
  subject: { commonName: "storage.example.com", organization: "Example", country: "US" },
  keyServer: {
    hostnames: [config.require("keyServerHost")],
    port: config.getNumber("keyServerPort"),
    caCertificate: config.require("keyServerCaCertificate"),
  },
  signer: (certificateSigningRequest) =>
    new pki.SignedCertificate("storage", {
      certificateSigningRequest,
      caCertificate: config.require("clientCaCertificate"),
      caPrivateKey: config.requireSecret("clientCaPrivateKey"),
    }).certificate,
});

const drives = new element.HardwareEncryption("storage", {
  // Left out, the cluster itself holds the key that unlocks its drives.
  attachment: config.getBoolean("driveKeyOnKeyServer") ? storage.attachment : undefined,
  // What a destroy leaves behind: drives that stay locked, with internal keys.
  onDelete: "internal",
});

// Ids of drives that stayed locked, because their nodes started while the key server was out of service.
const lockedDrives = config.getObject<number[]>("lockedDrives");

if (lockedDrives !== undefined) {
  new element.DriveRecovery("storage", { drives: lockedDrives }, { dependsOn: drives });
}

export const masterKeyHolder = storage.masterKey.keyManagementType;
export const driveKeyHolder = drives.keyManagementType;
