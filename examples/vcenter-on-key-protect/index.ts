import * as pulumi from "@pulumi/pulumi";
import { keyprotect, vsphere } from "pulumi-ekm";

const config = new pulumi.Config();

const rootKey = new keyprotect.RootKey("machines");
const adapter = new keyprotect.KmipAdapter("machines", {
  rootKey,
  // vCenter never destroys keys: "destroyKeys", applied before a destroy, does so when no machine needs them any more.
  onDelete: config.get<"refuse" | "destroyKeys">("keys") ?? "refuse",
});

const keyProvider = new vsphere.KeyProvider("machines", {
  servers: [{ hostname: adapter.kmipHostname, port: adapter.kmipPort }],
  // The first is the one in use, and its successor may stand beside it before IBM changes over.
  trustedServers: config.requireObject<string[]>("kmipFingerprints"),
});
const client = new vsphere.ClientCertificate("machines", {
  keyProvider,
  // Another text asks for another certificate.
  regenerate: config.get("renewal"),
});
const registered = new keyprotect.KmipClientCertificate("machines", {
  adapter,
  certificate: client.certificate,
  // Five minutes, as IBM says, where it is left out; a simulator is quicker.
  propagation: config.get<`${number}s`>("propagation"),
});
// vCenter goes on with the certificate that it has until the new one is accepted.
const trust = new vsphere.KeyProviderTrust(
  "machines",
  { keyProvider, certificate: client.certificate },
  { dependsOn: registered },
);
new vsphere.DefaultKeyProvider("machines", { keyProvider: trust });

// After the vCenter: what a renewal has left behind goes once vCenter presents the new certificate.
new keyprotect.KmipAdapterClients("machines", { adapter, clientCertificates: [registered] }, { dependsOn: trust });

export const health = trust.health;
