// The same road as one component. road.json says what differs from it.
const { element, pki, useNativePlugin } = require("pulumi-ekm");
const { keyManager, authority } = require("./lab.json");
const {
  name = "storage",
  keyProvider = { logicalName: "east" },
  keyServer = keyManager,
  aliases,
} = require("./road.json").component;

if (process.env.SERVED_BY === "plugin") useNativePlugin();

new element.ExternalKeyManagement(
  name,
  {
    subject: { commonName: "storage.example.com", country: "US" },
    keyServer,
    keyProvider,
    signer: (certificateSigningRequest) =>
      new pki.SignedCertificate("certificate", {
        certificateSigningRequest,
        caCertificate: authority.certificate,
        caPrivateKey: authority.privateKey,
      }).certificate,
    masterKey: { rotationTriggers: { quarter: "1" } },
  },
  { aliases },
);
