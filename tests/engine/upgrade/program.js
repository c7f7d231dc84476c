// What a frozen stack holds: each resource once.
const { element, pki, useNativePlugin } = require("pulumi-ekm");
const { certificate: caCertificate, privateKey: caPrivateKey } = require("./authority.json");

// Of those who have moved to the plugin.
if (process.env.SERVED_BY === "plugin") useNativePlugin();

new pki.CertificateAuthority("authority", { subject: { commonName: "Lab" }, validityDays: 10_950 });
const pair = new element.KeyPair("pair", { subject: { commonName: "storage.example.com", country: "US" } });
const request = new element.CertificateSigningRequest("request", { keyPair: pair });
const { certificate } = new pki.SignedCertificate("certificate", {
  certificateSigningRequest: request.pem,
  caCertificate,
  caPrivateKey,
  validityDays: 10_950,
});
const server = new element.KeyServer("server", {
  hostnames: ["127.0.56.96"],
  caCertificate,
  clientCertificate: certificate,
  publicKeyFingerprint: pair.publicKeyFingerprint,
});
const provider = new element.KeyProvider("provider", { name: "east" });
const attachment = new element.KeyServerAttachment("attachment", { keyProvider: provider, keyServer: server });
new element.MasterKey(
  "key",
  { attachment, rotationTriggers: { quarter: "1" } },
  { customTimeouts: { create: "20m", update: "20m", delete: "20m" } },
);
