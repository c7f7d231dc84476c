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
  keyProvider: config.getBoolean("driveKeyOnKeyServer") ? storage.attachment : undefined,
  // What a destroy leaves behind: drives that stay locked, with internal keys.
  onDelete: "internal",
});

export const masterKeyHolder = storage.masterKey.keyManagementType;
export const driveKeyHolder = drives.keyManagementType;
