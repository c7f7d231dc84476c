// Written by "ekm import": adopts what vCenter "default" (instanceUuid 5f0c7d3e-4d1b-4a7e-9c55-2f6b0c9e8d15) has for
// external key management. Everything is protected: a destroy would take the keys of its encrypted machines away.
// "adopt" is of use at the first run alone and may be removed afterwards.
//
// Key provider "native" is a native one, without key servers: nothing declares it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vsphere } from "pulumi-ekm";

/** Certificates (PEM) that lie beside this program. */
const certificate = (file: string): string => readFileSync(join(__dirname, "certificates", file), "utf8");

const kmsProvider = new vsphere.KeyProvider(
  "kms",
  {
    name: "kms",
    servers: [{ name: "kms1", hostname: "kms1.example.com" }],
    trustedServers: ["9C:C1:E5:B6:FE:BB:F5:06:32:EA:76:37:0B:1C:C0:3D:64:85:7D:1D:35:75:67:91:D4:8F:68:31:65:AE:31:26"],
    adopt: "match",
  },
  { protect: true },
);

const kmsClientCertificate = new vsphere.ClientCertificate(
  "kms",
  { keyProvider: kmsProvider, adopt: "match" },
  { protect: true },
);

const kmsTrust = new vsphere.KeyProviderTrust(
  "kms",
  { keyProvider: kmsProvider, certificate: kmsClientCertificate.certificate },
  { protect: true },
);

new vsphere.DefaultKeyProvider("vcenter", { keyProvider: kmsTrust, adopt: "match" }, { protect: true });

const attestedProvider = new vsphere.TrustedKeyProvider(
  "attested",
  {
    trustAuthorityCluster: "domain-c8",
    primaryKeyID: "8",
    name: "attested",
    servers: [{ name: "kms1", hostname: "kms1.example.com" }],
    trustedServers: ["9C:C1:E5:B6:FE:BB:F5:06:32:EA:76:37:0B:1C:C0:3D:64:85:7D:1D:35:75:67:91:D4:8F:68:31:65:AE:31:26"],
    adopt: "match",
    onDelete: "keep",
  },
  { protect: true },
);

// Somebody else has signed the client certificate of key provider "attested": to renew it, declare a
// CertificateSigningRequest, and give the signed certificate here.
new vsphere.KeyProviderTrust(
  "attested",
  { keyProvider: attestedProvider, certificate: certificate("attested-client.pem") },
  { protect: true },
);
