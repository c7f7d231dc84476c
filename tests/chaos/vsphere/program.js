// A key provider of a vCenter, of either family, with all that is behind it. road.json says what differs from the plain one.
const { pki, useNativePlugin, vsphere } = require("pulumi-ekm");
const lab = require("./lab.json");
const { authority, byHand, keyServers, primaryKeyID, trustAuthorityCluster } = lab;
const {
  family = "standard",
  place = "primary",
  servers = ["east", "west"],
  pins = {},
  pinned = "fingerprints",
  renewal = "1",
  renamed = false,
} = require("./road.json");

if (process.env.SERVED_BY === "plugin") useNativePlugin();

const made = (Resource, name, args) =>
  renamed ? new Resource(`${name}-renamed`, args, { aliases: [{ name }] }) : new Resource(name, args);

const shared = {
  servers: servers.map((name) => ({ name, ...keyServers[name] })),
  trustedServers: servers.flatMap((name) => (pins[name] ?? ["first"]).map((which) => lab[pinned][name][which])),
};

const declared = {
  standard: () => made(vsphere.KeyProvider, place, shared),
  trusted: () =>
    made(vsphere.TrustedKeyProvider, place, {
      ...shared,
      trustAuthorityCluster,
      primaryKeyID,
      onDelete: "delete",
      workloadVcenters: ["default"],
    }),
};

if (family === "none") {
  made(vsphere.DefaultKeyProvider, "default", { keyProvider: byHand, adopt: "match" });
} else {
  const keyProvider = declared[family]();
  const request = made(vsphere.CertificateSigningRequest, place, { keyProvider, regenerate: renewal });
  const { certificate } = made(pki.SignedCertificate, place, {
    certificateSigningRequest: request.pem,
    caCertificate: authority.certificate,
    caPrivateKey: authority.privateKey,
  });
  const { publicKeyFingerprint } = request;
  const trust = made(vsphere.KeyProviderTrust, place, { keyProvider, certificate, publicKeyFingerprint });
  if (family === "standard") made(vsphere.DefaultKeyProvider, "default", { keyProvider: trust });
}
