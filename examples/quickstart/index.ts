import * as pulumi from "@pulumi/pulumi";
import { element, pki } from "pulumi-ekm";

const config = new pulumi.Config();

/** Signs the cluster's request with the authority that the key server trusts. */
const signer: element.Signer = (certificateSigningRequest) =>
  new pki.SignedCertificate("storage", {
    certificateSigningRequest,
    caCertificate: config.require("clientCaCertificate"),
    caPrivateKey: config.requireSecret("clientCaPrivateKey"),
  }).certificate;

const storage = new element.ExternalKeyManagement("storage", {
  subject: { commonName: "storage.example.com", organization: "Example", country: "US" },
  keyServer: {
    hostnames: [config.require("keyServerHost")],
    port: config.requireNumber("keyServerPort"),
    caCertificate: config.require("keyServerCaCertificate"),
  },
  signer,
});

export const keyManagementType = storage.masterKey.keyManagementType;
export const keyID = storage.masterKey.keyID;
export const keyProvider = storage.masterKey.keyProvider;
