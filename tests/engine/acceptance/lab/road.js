// The road from internal keys to an external master key, resource by resource. road.json says what differs from it.
const { element, pki, useNativePlugin } = require("pulumi-ekm");
const { keyManager, authority } = require("./lab.json");
const road = require("./road.json");

if (process.env.SERVED_BY === "plugin") useNativePlugin();
const { names = {}, options = {}, args = {}, internal = false, encryption, recovery, without = [] } = road;

const make = (Resource, kind, own, opts) =>
  without.includes(kind)
    ? undefined
    : new Resource(names[kind] ?? kind, { ...own, ...args[kind] }, { ...opts, ...options[kind] });

const pair = make(element.KeyPair, "pair", { subject: { commonName: "storage.example.com", country: "US" } });
const request = make(element.CertificateSigningRequest, "request", { keyPair: pair });
const certificate = make(pki.SignedCertificate, "certificate", {
  certificateSigningRequest: request.pem,
  caCertificate: authority.certificate,
  caPrivateKey: authority.privateKey,
});
const server = make(element.KeyServer, "server", {
  ...keyManager,
  clientCertificate: certificate.certificate,
  publicKeyFingerprint: pair.publicKeyFingerprint,
});
const provider = make(element.KeyProvider, "provider", {});
const attachment = make(element.KeyServerAttachment, "attachment", { keyProvider: provider, keyServer: server });
const key = make(element.MasterKey, "key", internal ? {} : { attachment });
const drives =
  encryption && make(element.HardwareEncryption, "encryption", encryption === "internal" ? {} : { attachment });
if (recovery !== undefined) make(element.DriveRecovery, "recovery", recovery, { dependsOn: key });

module.exports = { pair, request, server, provider, attachment, key, encryption: drives };
