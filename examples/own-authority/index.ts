import * as pulumi from "@pulumi/pulumi";
import { element, pki } from "pulumi-ekm";

const config = new pulumi.Config();

// Another authority would make every certificate useless that this one has signed.
const authority = new pki.CertificateAuthority(
  "lab",
  { subject: { commonName: "Lab Authority", organization: "Example", country: "US" }, keyAlgorithm: "ECDSA" },
  { protect: true },
);

const storage = new element.ExternalKeyManagement("storage", {
  subject: { commonName: "storage.example.com", organization: "Example", country: "US" },
  keyServer: {
    hostnames: [config.require("keyServerHost")],
    port: config.getNumber("keyServerPort"),
    caCertificate: config.require("keyServerCaCertificate"),
  },
  signer: authority,
});

export const authorityCertificate = authority.certificate;
export const keyID = storage.masterKey.keyID;
