// Root key, KMIP adapter, registration and clients of the adapter. road.json says what differs from it.
const { keyprotect } = require("pulumi-ekm");
const { certificate } = require("./lab.json");
const { args } = require("./road.json");

const key = new keyprotect.RootKey("key", { ...args?.key });
const adapter = new keyprotect.KmipAdapter("adapter", { rootKey: key, ...args?.adapter });
const registration = new keyprotect.KmipClientCertificate("certificate", {
  adapter,
  certificate,
  propagation: "1s",
  ...args?.certificate,
});
new keyprotect.KmipAdapterClients("clients", { adapter, clientCertificates: [registration], ...args?.clients });
