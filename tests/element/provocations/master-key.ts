import { markedName } from "../../../provider/adapters/pulumi/urn";
import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import type { Provocations } from "../../kit/provocation";
import { urnOf } from "../../kit/resource";
import { anotherProviderTakesOver, external, internal, stopKeyServerDuringRekey } from "../master-key-scene";
import { onResource } from "./on-resource";

export const masterKeys: Provocations = {
  EKM_SOFTWARE_ENCRYPTION_DISABLED: onResource("MasterKey", masterKey, "bare", async ({ resource, scene }) => {
    await scene.cluster.mutate((state) => {
      state.softwareEncryption = { enabled: false, rekeys: 0 };
    });
    return resource.up(internal());
  }),

  EKM_MASTER_KEY_HELD_ELSEWHERE: onResource("MasterKey", masterKey, "attached", async ({ resource, scene }) => {
    await anotherProviderTakesOver(scene);
    return resource.up(external());
  }),

  EKM_RESOURCE_RENAMED: onResource("MasterKey", masterKey, "paired", async ({ resource, scene }) => {
    const marked = markedName(urnOf("element:KeyProvider", "east", "dev"));
    await scene.byHand("CreateKeyProviderKmip", { keyProviderName: marked });
    const { hostnames, port, ...certificates } = await scene.keyServerArguments();
    await scene.byHand("CreateKeyServerKmip", {
      kmipKeyServerName: "east",
      kmipKeyServerHostnames: hostnames,
      kmipKeyServerPort: port,
      kmipCaCertificate: certificates.caCertificate,
      kmipClientCertificate: certificates.clientCertificate,
    });
    await scene.byHand("AddKeyServerToProviderKmip", { keyProviderID: 1, keyServerID: 1 });
    await scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 });
    return resource.up(external({ keyProvider: "2" }));
  }),

  EKM_REKEY_FAILED: onResource("MasterKey", masterKey, "attached", ({ resource, scene }) => {
    stopKeyServerDuringRekey(scene);
    return resource.up(external());
  }),

  EKM_REKEY_DEADLINE: onResource("MasterKey", masterKey, "attached", ({ resource, scene }) => {
    scene.holdRekeys();
    return resource.up(external());
  }),

  EKM_KEY_UNAVAILABLE: onResource("MasterKey", masterKey, "external", async ({ resource, scene }) => {
    await resource.up(external());
    await scene.loseKeys();
    await resource.refresh();
    return resource.up(external());
  }),

  EKM_REPLACEMENT_REFUSED: onResource("MasterKey", masterKey, "external", async ({ resource }) => {
    await resource.up(external());
    return resource.destroy();
  }),
};
