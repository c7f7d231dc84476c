// Written by "ekm import": adopts what cluster "storage-1" (uniqueID a7k3) has for external key management. Everything
// is protected: a destroy would take the keys of its data away. "adopt" is of use at the first run alone and may be
// removed afterwards.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { element } from "pulumi-ekm";

/** Certificates (PEM) that lie beside this program. */
const certificate = (file: string): string => readFileSync(join(__dirname, "certificates", file), "utf8");

const keyPair = new element.KeyPair(
  "storage-1",
  { subject: { commonName: "storage-1.example.com", organization: "Example", country: "US" }, adopt: "match" },
  { protect: true },
);

const request = new element.CertificateSigningRequest("storage-1", { keyPair }, { protect: true });

const kmsServer = new element.KeyServer(
  "kms",
  {
    name: "kms",
    hostnames: ["kms1.example.com", "kms2.example.com"],
    caCertificate: certificate("kms-ca.pem"),
    clientCertificate: certificate("kms-client.pem"),
    publicKeyFingerprint: keyPair.publicKeyFingerprint,
    adopt: "3",
  },
  { protect: true },
);

// Key server 5 "kms (old)" belongs to no key provider.
// Key server 5 "kms (old)" fails the cluster's test (xKmipConnectionFailure: kms0.example.com:5696 does not answer):
// take it out of the program, or the first run fails until it passes.
new element.KeyServer(
  "kms-old",
  {
    name: "kms (old)",
    hostnames: ["kms0.example.com"],
    caCertificate: certificate("kms-ca.pem"),
    clientCertificate: certificate("kms-client.pem"),
    publicKeyFingerprint: keyPair.publicKeyFingerprint,
    adopt: "5",
  },
  { protect: true },
);

const kmsProvider = new element.KeyProvider("kms", { name: "kms", adopt: "2" }, { protect: true });

const kmsAttachment = new element.KeyServerAttachment(
  "kms",
  { keyProvider: kmsProvider, keyServer: kmsServer, adopt: "match" },
  { protect: true },
);

const masterKey = new element.MasterKey(
  "storage-1",
  { attachment: kmsAttachment, adopt: "match", onDelete: "keep" },
  { protect: true },
);

new element.HardwareEncryption(
  "storage-1",
  { attachment: kmsAttachment, adopt: "match", onDelete: "keep" },
  { protect: true },
);

/** What an authority signs when the client certificate is to be renewed. */
export const certificateSigningRequest = request.pem;

/** The master key in force. */
export const keyID = masterKey.keyID;
