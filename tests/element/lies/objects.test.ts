import { keyServerAttachment } from "../../../provider/systems/element/attachment/attachment";
import { keyPair } from "../../../provider/systems/element/key-pair/key-pair";
import { keyServer } from "../../../provider/systems/element/key-server/key-server";
import type { Switches } from "../../../simulator";
import { type Scene, SUBJECT } from "../stage";
import { lifecycleTable } from "../table";

const issued = new WeakMap<Scene, ReturnType<Scene["keyServerArguments"]>>();

/** A server's arguments, with the same certificate for each run of a row. */
function server(scene: Scene) {
  const args = issued.get(scene) ?? scene.keyServerArguments();
  issued.set(scene, args);
  return args;
}

lifecycleTable("KeyServer", keyServer, [
  {
    name: "that was made, but by an answer that says so wrongly, is found by the next run",
    stage: "paired",
    steps: [
      {
        given: ({ scene }) =>
          scene.cluster.faults.add({
            method: "CreateKeyServerKmip",
            count: 1,
            action: { result: { "/kmipKeyServer/keyServerID": "1" } },
          }),
        up: server,
        failed: ["EKM_UNEXPECTED_ANSWER", "calling CreateKeyServerKmip", "result.kmipKeyServer.keyServerID"],
        writes: ["CreateKeyServerKmip"],
      },
      {
        up: server,
        did: "created",
        afterwards: ({ scene }) => expect(scene.cluster.state().keyServers).toHaveLength(1),
      },
    ],
  },
  {
    name: "is not made where a list came as an object",
    stage: "paired",
    steps: [
      {
        given: ({ scene }) =>
          scene.cluster.faults.add({ method: "ListKeyServersKmip", action: { result: { "/kmipKeyServers": {} } } }),
        up: server,
        failed: ["EKM_UNEXPECTED_ANSWER", "result.kmipKeyServers is an object, not a list"],
      },
    ],
  },
  {
    name: "whose client certificate somebody replaced by what is none, shows the difference and is mended",
    stage: "paired",
    steps: [
      { up: server, did: "created", writes: ["CreateKeyServerKmip"] },
      {
        given: ({ scene }) =>
          scene.cluster.mutate(({ keyServers: [first] }) => {
            if (first) first.kmipClientCertificate = "none";
          }),
        refresh: true,
        did: "refreshed",
        inputs: { clientCertificate: "none" },
        afterwards: ({ resource }) =>
          expect(resource.state?.outputs).not.toHaveProperty("clientCertificateDescription", expect.anything()),
      },
      { up: server, did: "updated", writes: ["ModifyKeyServerKmip"] },
    ],
  },
]);

lifecycleTable("KeyServerAttachment", keyServerAttachment, [
  {
    name: "of a server whose provider is left out is gone, as if it were null",
    stage: "attached",
    steps: [
      { up: { keyServer: "1", keyProvider: "1" }, did: "created" },
      {
        given: async ({ scene }) => {
          await scene.byHand("RemoveKeyServerFromProviderKmip", { keyServerID: 1 });
          const { kmipKeyServers } = await scene.byHand("ListKeyServersKmip", {});
          const without = kmipKeyServers.map(({ keyProviderID: _, ...others }) => others);
          scene.cluster.faults.add({
            method: "ListKeyServersKmip",
            action: { result: { "/kmipKeyServers": without } },
          });
        },
        refresh: true,
        did: "gone",
      },
    ],
  },
]);

const noPair = (name: string): Partial<Switches> => ({ errorNames: { keyPairDoesNotExist: name } });

lifecycleTable("KeyPair", keyPair, [
  {
    name: "is made where its absence has a name that nobody has heard of",
    switches: noPair("xNeverHeardOf"),
    steps: [{ up: { subject: SUBJECT }, did: "created", writes: ["CreatePublicPrivateKeyPair"] }],
  },
  {
    name: "that is in state is not gone by an error that nobody has heard of",
    stage: "paired",
    steps: [
      { up: { subject: SUBJECT }, did: "created" },
      {
        given: ({ scene }) =>
          scene.cluster.faults.add({
            method: "GetClientCertificateSignRequest",
            count: 2,
            action: { error: { name: "xNeverHeardOf", message: "?" } },
          }),
        refresh: true,
        failed: ["EKM_ELEMENT_API", "xNeverHeardOf"],
      },
      { up: { subject: { commonName: "another" } }, failed: ["EKM_ELEMENT_API", "xNeverHeardOf"] },
    ],
  },
  {
    name: "whose request is none stays in state",
    stage: "paired",
    steps: [
      { up: { subject: SUBJECT }, did: "created" },
      {
        given: ({ scene }) =>
          scene.cluster.faults.add({
            method: "GetClientCertificateSignRequest",
            action: { result: { "/clientCertificateSignRequest": "none" } },
          }),
        refresh: true,
        failed: ["EKM_UNEXPECTED_ANSWER", "result.clientCertificateSignRequest cannot be used"],
      },
    ],
  },
]);
