import * as pulumi from "@pulumi/pulumi";
import { element, keyprotect, pki } from "pulumi-ekm";

const config = new pulumi.Config();

const rootKey = new keyprotect.RootKey("storage", {
  // Another text asks for a new version of the root key at once.
  rotationTriggers: { occasion: config.get("occasion") ?? "none" },
});
const adapter = new keyprotect.KmipAdapter("storage", { rootKey });

let registered: keyprotect.KmipClientCertificate | undefined;

const storage = new element.ExternalKeyManagement("storage", {
  subject: { commonName: "storage.example.com", organization: "Example", country: "US" },
  keyServer: {
    hostnames: [adapter.kmipHostname],
    port: adapter.kmipPort,
    caCertificate: config.require("kmipCaCertificate"),
  },
  // Registered before the cluster uses it: what the signer gives comes out of the registration.
  signer: (certificateSigningRequest) => {
    const { certificate } = new pki.SignedCertificate("storage", {
      certificateSigningRequest,
      caCertificate: config.require("clientCaCertificate"),
      caPrivateKey: config.requireSecret("clientCaPrivateKey"),
      renewalTriggers: { occasion: config.get("renewal") ?? "none" },
    });
    registered = new keyprotect.KmipClientCertificate("storage", {
      adapter,
      certificate,
      // Five minutes, as IBM says, where it is left out; a simulator is quicker.
      propagation: config.get<`${number}s`>("propagation"),
    });
    return registered.certificate;
  },
});

// After the cluster: what a renewal has left behind goes once the cluster has the new certificate.
new keyprotect.KmipAdapterClients(
  "storage",
  { adapter, clientCertificates: registered === undefined ? [] : [registered] },
  { dependsOn: storage.masterKey },
);

export const keyID = storage.masterKey.keyID;
export const rootKeyVersion = rootKey.keyVersion;
