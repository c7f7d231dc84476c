import * as pulumi from "@pulumi/pulumi";
import { element, pki } from "pulumi-ekm";

interface KeyServer {
  hostnames: string[];
  port?: number;
  caCertificate: string;
}

const config = new pulumi.Config();
const keyServers = config.requireObject<Record<string, KeyServer>>("keyServers");
const name = config.require("keyServer");
const keyServer = keyServers[name];
if (keyServer === undefined) throw new pulumi.RunError(`keyServers has no "${name}"`);

const storage = new element.ExternalKeyManagement("storage", {
  subject: { commonName: "storage.example.com", organization: "Example", country: "US" },
  keyServer,
  // Changes together with the key server: that is what makes it a move.
  keyProvider: { logicalName: name },
  signer: (certificateSigningRequest) =>
    new pki.SignedCertificate("storage", {
      certificateSigningRequest,
      caCertificate: config.require("clientCaCertificate"),
      caPrivateKey: config.requireSecret("clientCaPrivateKey"),
    }).certificate,
});

export const keyID = storage.masterKey.keyID;
export const keyProviderName = storage.masterKey.keyProviderName;
