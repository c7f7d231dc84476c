import * as pulumi from "@pulumi/pulumi";
import { pki, vsphere } from "pulumi-ekm";

const config = new pulumi.Config();

const authority = new pki.CertificateAuthority("clients", { subject: { commonName: "Clients of our key servers" } });

const keys = new vsphere.ExternalKeyManagement("machines", {
  servers: config.requireObject<{ hostname: string; port: number }[]>("servers"),
  trustedServers: config.requireObject<string[]>("fingerprints"),
  signer: authority,
  // Another text asks for another request, and so for another certificate.
  regenerate: config.get("renewal"),
});

// For the key servers, which let in whoever has a certificate of this authority.
export const clientAuthority = authority.certificate;
export const health = keys.trust.health;
