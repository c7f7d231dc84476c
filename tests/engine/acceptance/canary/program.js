// Every resource of the catalogue, with secrets through every channel. Only one is declared as such here: what must be a
// secret, the classes themselves make one.
const { writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const pulumi = require("@pulumi/pulumi");
const { element, keyprotect, pki, Provider, useNativePlugin, vsphere } = require("pulumi-ekm");
const { way, keyServer, authority, north, quarter, vcenter, mistaken } = require("./site.json");

const { caPrivateKey, northPassword, brokenKey, trigger, clientPrivateKey, kmipPassword } =
  new pulumi.Config().requireObject("secrets");

if (way === "native") useNativePlugin();

// What no secret is, for whoever doubts the search.
const marker = "marker-of-the-canaries-2f81";
writeFileSync(join(tmpdir(), "of-the-program"), marker);
exports.marker = marker;

const pair = new element.KeyPair("pair", { subject: { commonName: "storage.example.com" } });
const { pem: certificateSigningRequest } = new element.CertificateSigningRequest("request", { keyPair: pair });
const signed = new pki.SignedCertificate("certificate", {
  certificateSigningRequest,
  caCertificate: authority,
  caPrivateKey,
});
const server = new element.KeyServer("server", { ...keyServer, clientCertificate: signed.certificate });
const provider = new element.KeyProvider("provider");
const attachment = new element.KeyServerAttachment("attachment", { keyProvider: provider, keyServer: server });
const rotationTriggers = { quarter, secret: pulumi.secret(trigger) };
new element.MasterKey("key", { attachment, rotationTriggers });

const rootKey = new keyprotect.RootKey("root", { rotationTriggers });
const adapter = new keyprotect.KmipAdapter("adapter", { rootKey });
const client = new keyprotect.KmipClientCertificate("client", {
  adapter,
  certificate: signed.certificate,
  propagation: "1s",
});
new keyprotect.KmipAdapterClients("clients", { adapter, clientCertificates: [client] });

const { clientCertificate, trustAuthorityCluster, ...servers } = vcenter;
const keyProvider = new vsphere.KeyProvider("vcenter", { ...servers, username: "ekm", password: kmipPassword });
new vsphere.CertificateSigningRequest("vcenter", { keyProvider });
new vsphere.ClientCertificate("vcenter", { keyProvider });
const trust = new vsphere.KeyProviderTrust("vcenter", {
  keyProvider,
  certificate: clientCertificate,
  privateKey: clientPrivateKey,
});
new vsphere.DefaultKeyProvider("vcenter", { keyProvider: trust });
new vsphere.TrustedKeyProvider("trusted", {
  ...servers,
  trustAuthorityCluster,
  primaryKeyID: "8",
  onDelete: "delete",
  workloadVcenters: ["default"],
});

new element.HardwareEncryption("encryption", { onDelete: "disable" });
// Drives that are active already: there is nothing to recover.
new element.DriveRecovery("recovery", { drives: [1] });

const lab = new pki.CertificateAuthority("lab", { subject: { commonName: "Lab" }, keyAlgorithm: "ECDSA" });
new pki.SignedCertificate("lab-certificate", {
  certificateSigningRequest,
  caCertificate: lab.certificate,
  caPrivateKey: lab.privateKey,
});

// Each of these clusters through another channel.
new element.KeyProvider("west", { cluster: "west" });
new element.Fleet("fleet", { clusters: ["west"], declare: () => undefined });
const clusters = { north: { ...north, password: northPassword } };
new element.KeyProvider("north", { cluster: "north" }, { provider: new Provider("north", { clusters }) });

// One at a time: the first refusal ends a program.
switch (mistaken) {
  case "a broken key":
    new pki.SignedCertificate("mistake", {
      certificateSigningRequest,
      caCertificate: authority,
      caPrivateKey: brokenKey,
    });
    break;
  case "a key for a certificate":
    new element.KeyServer("mistake", { ...keyServer, clientCertificate: caPrivateKey });
    break;
}
