import { keyProvider } from "../../../provider/systems/vsphere/key-provider/key-provider";
import { keyProviderTrust } from "../../../provider/systems/vsphere/key-provider-trust/key-provider-trust";
import { trustedKeyProvider } from "../../../provider/systems/vsphere/trusted-key-provider/trusted-key-provider";
import type { Provocations } from "../../kit/provocation";
import { Resource, type Run } from "../harness";
import { byHand } from "../specimens/key-provider";
import { CLUSTER, PRIMARY_KEY, type Scene, STANDARD, TRUSTED } from "../stage";
import { onVcenterAt } from "./on-vcenter";

const providerIn = (run: Run) => new Resource(keyProvider, "vsphere:KeyProvider", run, "storage");

/** The resource of the provider that was made by hand. */
async function adopted(scene: Scene, run: Run) {
  const resource = providerIn(run);
  await resource.up({ ...byHand(scene, STANDARD), adopt: "match" });
  run.next();
  return resource;
}

export const keyProviders: Provocations = {
  EKM_SERVER_CERTIFICATE: onVcenterAt("bare", (scene, run) =>
    providerIn(run).up({ servers: [scene.server(0)], trustedServers: [scene.pin(1)] }),
  ),

  EKM_KEY_PROVIDER_IN_USE: onVcenterAt("certified", async (scene, run) => {
    const resource = await adopted(scene, run);
    for (const machine of ["db", "mail"]) await scene.somebody("encrypt", { machine, provider: STANDARD });
    return resource.destroy();
  }),

  EKM_KEY_PROVIDER_DEFAULT: onVcenterAt("defaulted", async (scene, run) => (await adopted(scene, run)).destroy()),

  EKM_KEY_PROVIDER_UNHEALTHY: onVcenterAt("trusting", async (scene, run) => {
    await scene.somebody("generateClientCertificate", { provider: STANDARD });
    const resource = new Resource(keyProviderTrust, "vsphere:KeyProviderTrust", run, "storage");
    const certificate = scene.standard()?.clientCertificate?.pem;
    return resource.up({ keyProvider: STANDARD, certificate, deadlines: { create: 60 } });
  }),

  EKM_PRIMARY_KEY_CHANGED: onVcenterAt("trusting", async (scene, run) => {
    const resource = new Resource(trustedKeyProvider, "vsphere:TrustedKeyProvider", run, "storage");
    const args = { ...byHand(scene, TRUSTED), trustAuthorityCluster: CLUSTER, primaryKeyID: PRIMARY_KEY };
    await resource.up({ ...args, adopt: "match" });
    await scene.somebody("changePrimaryKey", { provider: TRUSTED, primaryKeyID: "9" });
    run.next();
    await resource.refresh();
    return resource.up(args);
  }),
};
