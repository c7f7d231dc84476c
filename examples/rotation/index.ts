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
  masterKey: {
    maxAge: "90d",
    // Another text asks for a new key at once.
    rotationTriggers: { occasion: config.get("occasion") ?? "none" },
  },
});

export const keyID = storage.masterKey.keyID;
export const keyCreatedTime = storage.masterKey.keyCreatedTime;
