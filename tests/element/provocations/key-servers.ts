import { keyServerAttachment } from "../../../provider/systems/element/attachment/attachment";
import { keyPair } from "../../../provider/systems/element/key-pair/key-pair";
import { keyProvider } from "../../../provider/systems/element/key-provider/key-provider";
import { keyServer } from "../../../provider/systems/element/key-server/key-server";
import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import { type Provocations, saidOf } from "../../kit/provocation";
import { Resource, Run } from "../harness";
import { external } from "../master-key-scene";
import { SUBJECT, strangersCertificate } from "../stage";
import { onResource, theatre } from "./on-resource";

export const keyServers: Provocations = {
  EKM_DECLARED_TWICE: async () => {
    const { cluster } = await theatre.scene("attached");
    await cluster.mutate(({ identity }) => {
      identity.uniqueID = "a7k3";
    });
    const endpoint = cluster.endpoint.replace("127.0.0.1", "localhost");
    const { username, fingerprint256 } = cluster;
    const run = new Run({ default: cluster, east: { endpoint, username, fingerprint256 } });
    await new Resource(masterKey, "element:MasterKey", run, "production").up(external());
    const again = await new Resource(masterKey, "element:MasterKey", run, "test").up({
      ...external(),
      cluster: "east",
    });
    await run.close();
    return saidOf(again);
  },

  EKM_KEY_PAIR_IN_USE: onResource("KeyPair", keyPair, "external", async ({ resource, run }) => {
    await resource.up({ subject: SUBJECT });
    run.next();
    return resource.up({ subject: SUBJECT, regenerate: "2027" });
  }),

  EKM_CLIENT_CERTIFICATE_MISMATCH: onResource("KeyServer", keyServer, "paired", ({ resource, scene }) =>
    resource.up({ ...scene.keyServerAddress(), clientCertificate: strangersCertificate, name: "eks" }),
  ),

  EKM_KEY_SERVER_TEST: onResource("MasterKey", masterKey, "attached", async ({ resource, scene }) => {
    await scene.stopKeyServer();
    return resource.up(external());
  }),

  EKM_SERVER_ATTACHED_ELSEWHERE: onResource(
    "KeyServerAttachment",
    keyServerAttachment,
    "attached",
    async ({ resource, scene }) => {
      await scene.byHand("CreateKeyProviderKmip", { keyProviderName: "another" });
      return resource.up({ keyServer: "1", keyProvider: "2" });
    },
  ),

  EKM_UNDECLARED_KEY_SERVER: onResource(
    "KeyServerAttachment",
    keyServerAttachment,
    "external",
    async ({ resource, scene }) => {
      await resource.up({ keyServer: "1", keyProvider: "1" });
      await scene.cluster.mutate(({ keyServers }) => {
        const [first] = keyServers;
        if (first !== undefined) keyServers.push({ ...first, keyServerID: 2, kmipKeyServerName: "kms (new)" });
      });
      await resource.refresh();
      return resource.up({ keyServer: "1", keyProvider: "1" });
    },
  ),

  EKM_PROVIDER_ACTIVE: onResource("KeyProvider", keyProvider, "external", async ({ resource, run }) => {
    await resource.up({ adopt: "1" });
    run.next();
    return resource.destroy();
  }),

  EKM_OBJECT_NOT_FOUND: onResource("KeyProvider", keyProvider, "attached", ({ resource }) =>
    resource.up({ adopt: "7" }),
  ),

  EKM_EQUAL_OBJECT_EXISTS: onResource("KeyProvider", keyProvider, "attached", ({ resource }) =>
    resource.up({ name: "by hand" }),
  ),

  EKM_AMBIGUOUS_OBJECT: onResource("KeyProvider", keyProvider, "attached", async ({ resource, scene }) => {
    await scene.byHand("CreateKeyProviderKmip", { keyProviderName: "by hand" });
    return resource.up({ name: "by hand", adopt: "match" });
  }),
};
