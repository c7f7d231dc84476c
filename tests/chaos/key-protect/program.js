// A cluster's master key in Key Protect, and a vault of clients without a cluster. road.json says what differs from it.
const { element, keyprotect, pki, useNativePlugin } = require("pulumi-ekm");
const { authority, kmipCertificate } = require("./lab.json");
const {
  place = "primary",
  internal = false,
  rotation,
  renewal = "1",
  cluster = true,
  vault,
  renamed = false,
} = require("./road.json");

if (process.env.SERVED_BY === "plugin") useNativePlugin();

const made = (Resource, name, args, options) =>
  renamed
    ? new Resource(`${name}-renamed`, args, { ...options, aliases: [{ name }] })
    : new Resource(name, args, options);

const rootKey = made(keyprotect.RootKey, "key", {
  rotationTriggers: rotation === undefined ? undefined : { occasion: rotation },
});

if (cluster) {
  const adapter = made(keyprotect.KmipAdapter, place, { rootKey });
  let registered;
  const storage = made(element.ExternalKeyManagement, "storage", {
    subject: { commonName: "storage.example.com", country: "US" },
    keyProvider: { logicalName: place },
    keyServer: { hostnames: [adapter.kmipHostname], port: adapter.kmipPort, caCertificate: kmipCertificate },
    signer: (certificateSigningRequest) => {
      const { certificate } = made(pki.SignedCertificate, place, {
        certificateSigningRequest,
        caCertificate: authority.certificate,
        caPrivateKey: authority.privateKey,
        renewalTriggers: { occasion: renewal },
      });
      registered = made(keyprotect.KmipClientCertificate, place, { adapter, certificate, propagation: "1s" });
      return registered.certificate;
    },
    masterKey: internal ? { keyManagementType: "internal" } : undefined,
  });
  made(
    keyprotect.KmipAdapterClients,
    place,
    { adapter, clientCertificates: [registered] },
    { dependsOn: storage.masterKey },
  );
}

if (vault !== undefined) {
  const { name = "vault", certificate } = vault;
  const adapter = made(keyprotect.KmipAdapter, name, { rootKey, onDelete: "destroyKeys" });
  const client = made(keyprotect.KmipClientCertificate, name, { adapter, certificate, propagation: "1s" });
  made(keyprotect.KmipAdapterClients, name, { adapter, clientCertificates: [client] });
}
