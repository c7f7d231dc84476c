// A key provider of each kind, with the certificate that key servers trust, and the default provider. road.json says what
// differs from it.
const { pki, vsphere } = require("pulumi-ekm");
const { servers, trustedServers, trustAuthorityCluster, authority, patience } = require("./lab.json");
const { args } = require("./road.json");

/** @param kind with what the names begin of whatever is behind the provider */
function trusting(kind, keyProvider) {
  const request = new vsphere.CertificateSigningRequest(`${kind}-request`, { keyProvider });
  const { certificate } = new pki.SignedCertificate(`${kind}-certificate`, {
    certificateSigningRequest: request.pem,
    caCertificate: authority.certificate,
    caPrivateKey: authority.privateKey,
  });
  const { publicKeyFingerprint } = request;
  const customTimeouts = { update: patience };
  return new vsphere.KeyProviderTrust(
    `${kind}-trust`,
    { keyProvider, certificate, publicKeyFingerprint },
    { customTimeouts },
  );
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
