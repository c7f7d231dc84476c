import * as pulumi from "@pulumi/pulumi";
import { pki, vsphere } from "pulumi-ekm";

const config = new pulumi.Config();

const keyProvider = new vsphere.TrustedKeyProvider("clkp", {
  trustAuthorityCluster: config.require("trustAuthorityCluster"),
  // The id of the key at the key server, not its name.
  primaryKeyID: config.require("primaryKeyID"),
  servers: config.requireObject<{ hostname: string; port: number }[]>("servers"),
  trustedServers: config.requireObject<string[]>("fingerprints"),
  // Applied before a destroy, it deletes the provider. Left out, the provider stays, for other vCenters may use it.
  onDelete: config.get<"keep" | "delete">("onDelete"),
  workloadVcenters: config.getObject<string[]>("workloadVcenters"),
});
// The private key never leaves vCenter, and the present certificate is in use until the new one is uploaded.
const request = new vsphere.CertificateSigningRequest("clkp", { keyProvider, regenerate: config.get("renewal") });
const signed = new pki.SignedCertificate("clkp", {
  certificateSigningRequest: request.pem,
  caCertificate: config.require("clientCaCertificate"),
  caPrivateKey: config.requireSecret("clientCaPrivateKey"),
});
const trust = new vsphere.KeyProviderTrust("clkp", {
  keyProvider,
  certificate: signed.certificate,
  publicKeyFingerprint: request.publicKeyFingerprint,
});

export const health = trust.health;
export const servers = trust.serverHealth;
