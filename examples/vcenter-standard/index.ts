import * as pulumi from "@pulumi/pulumi";
import { pki, vsphere } from "pulumi-ekm";

const config = new pulumi.Config();

const keys = new vsphere.ExternalKeyManagement("machines", {
  servers: config.requireObject<{ hostname: string; port: number }[]>("servers"),
  trustedServers: config.requireObject<string[]>("fingerprints"),
  signer: (certificateSigningRequest) =>
    new pki.SignedCertificate("machines", {
      certificateSigningRequest,
      caCertificate: config.require("clientCaCertificate"),
      caPrivateKey: config.requireSecret("clientCaPrivateKey"),
    }).certificate,
  // Another text asks for another request, and so for another certificate.
  regenerate: config.get("renewal"),
});

export const health = keys.trust.health;
