// A key provider of each kind, with the certificate that key servers trust, and the default provider. road.json says what
// differs from it.
const { pki, vsphere } = require("pulumi-ekm");
const { servers, trustedServers, trustAuthorityCluster, authority } = require("./lab.json");
const { args } = require("./road.json");

function trusting(name, keyProvider) {
  const request = new vsphere.CertificateSigningRequest(name, { keyProvider, ...args?.request });
  const { certificate } = new pki.SignedCertificate(name, {
    certificateSigningRequest: request.pem,
    caCertificate: authority.certificate,
    caPrivateKey: authority.privateKey,
  });
  const { publicKeyFingerprint } = request;
  return new vsphere.KeyProviderTrust(name, { keyProvider, certificate, publicKeyFingerprint, ...args?.trust });
}

const standard = new vsphere.KeyProvider("standard", { servers, trustedServers, ...args?.standard });
new vsphere.DefaultKeyProvider("default", { keyProvider: trusting("standard", standard), ...args?.default });

const trusted = new vsphere.TrustedKeyProvider("trusted", {
  ...{ servers, trustedServers, trustAuthorityCluster },
  primaryKeyID: "8",
  onDelete: "delete",
  workloadVcenters: ["default"],
  ...args?.trusted,
});
trusting("trusted", trusted);
