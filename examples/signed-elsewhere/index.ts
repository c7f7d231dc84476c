import * as pulumi from "@pulumi/pulumi";
import { element } from "pulumi-ekm";

const config = new pulumi.Config();

const keyPair = new element.KeyPair("storage", {
  subject: { commonName: "storage.example.com", organization: "Example", country: "US" },
});
const request = new element.CertificateSigningRequest("storage", { keyPair });

/** What the authority signs. */
export const certificateSigningRequest = request.pem;

// Absent until the authority has signed.
const clientCertificate = config.get("clientCertificate");

if (clientCertificate !== undefined) {
  const keyServer = new element.KeyServer("kms", {
    hostnames: [config.require("keyServerHost")],
    port: config.getNumber("keyServerPort"),
    caCertificate: config.require("keyServerCaCertificate"),
    clientCertificate,
    publicKeyFingerprint: keyPair.publicKeyFingerprint,
  });
  const keyProvider = new element.KeyProvider("kms");
  const attachment = new element.KeyServerAttachment("kms", { keyProvider, keyServer });
  // A setting that gets lost must not take the key back.
  new element.MasterKey("storage", { attachment }, { protect: true });
}
