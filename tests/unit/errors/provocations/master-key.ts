import { masterKey } from "../../../../provider/element/master-key";
import { anotherProviderTakesOver, external, internal, stopKeyServerDuringRekey } from "../../element/master-key-scene";
import { onResource, type Provocations } from "./provocation";

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
