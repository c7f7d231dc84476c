import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { keyProviderTrustResource } from "../../../provider/systems/vsphere/key-provider-trust/resource";
import { issue } from "../../kit/certificates";
import { optional } from "../../kit/generators";
import { CANARY_KEY } from "../../kit/hostile-values";
import { PASSES } from "../../kit/specimen";
import { keyProvider, PIN, recordedIdentity, vcenter } from "../generators";
import { authority } from "../key-servers";
import { RestCaller } from "../simulator/rest-caller";
import { SoapCaller } from "../simulator/soap-caller";
import type { VsphereSpecimenOf } from "../specimen";
import { CLUSTER, type Scene, STANDARD, TRUSTED } from "../stage";
import { referenceRows } from "./client-certificate";

const inUse = (scene: Scene): string => scene.standard()?.clientCertificate?.pem ?? "";

export const specimen: VsphereSpecimenOf<typeof keyProviderTrustResource> = {
  generators: ({ client, clientFingerprint }) => ({
    vcenter,
    keyProvider,
    certificate: optional(fc.constant(client)),
    privateKey: fc.constant(undefined),
    publicKeyFingerprint: optional(fc.constant(clientFingerprint)),
    waitFor: optional(fc.constantFrom("healthy", "none")),
    providerServers: optional(fc.constantFrom([{ hostname: "kms-1.example.com" }])),
    providerPins: optional(fc.constantFrom([PIN])),
  }),
  recorded: () => ({ ...recordedIdentity, healthy: true, health: "healthy", serverHealth: [] }),
  passing: ({ client }) => ({ vcenter: "default", keyProvider: "storage", certificate: client }),
  rows: ({ client, ca, caKey, clientFingerprint }) => [
    ...referenceRows,
    ["a certificate not known yet", { certificate: UNKNOWN }, PASSES],
    ["no certificate", { certificate: undefined }, PASSES],
    ["a certificate with its authority", { certificate: client + ca }, PASSES],
    ["a private key as certificate", { certificate: CANARY_KEY }, "", "certificate"],
    ["a key of another certificate", { privateKey: caKey }, "", "privateKey is not that of the certificate"],
    ["a key that cannot be read", { privateKey: CANARY_KEY }, "", "privateKey must be an unencrypted private key"],
    ["a key without a certificate", { certificate: undefined, privateKey: caKey }, "certificate", "must be given"],
    ["the key's fingerprint", { publicKeyFingerprint: clientFingerprint }, PASSES],
    [
      "another fingerprint",
      { publicKeyFingerprint: "ab".repeat(32) },
      "certificate",
      "have the present request signed",
    ],
    ["another end", { waitFor: "ever" }, "waitFor", 'must be "healthy" or "none"'],
  ],
  declared: { keyProvider: "storage" },
  onSystem: {
    existing: (scene) => ({ keyProvider: STANDARD, certificate: inUse(scene) }),
    change: { waitFor: "none" },
    another: (scene) => ({ keyProvider: STANDARD, certificate: inUse(scene) }),
    // It belongs to the certificate, by which it is compared.
    notCompared: ["privateKey", "publicKeyFingerprint"],
    imported: {
      stage: "certified",
      id: STANDARD,
      declared: (scene) => ({ keyProvider: STANDARD, certificate: inUse(scene) }),
      outputs: () => ({ healthy: true, health: "healthy" }),
    },
    only: false,
  },
  acts: [
    [
      "trusting",
      async (resource, scene, { up }) => {
        await scene.somebody("generateClientCertificate", { provider: STANDARD });
        const generated = scene.standard()?.selfSignedCertificate ?? "";
        scene.keyServers.register(generated);
        const pair = issue(authority, { commonName: "vcenter", usage: "client" });
        await up({ keyProvider: STANDARD, certificate: pair.cert, privateKey: pair.key });
        await up({ keyProvider: STANDARD, certificate: generated });
        await up({ keyProvider: `${CLUSTER}/${TRUSTED}`, certificate: pair.cert, privateKey: pair.key });
        await resource.destroy();
      },
    ],
    [
      "certified",
      async (resource, scene, { up }) => {
        // Somebody has put another one in the place of the one that was signed.
        const signed = inUse(scene);
        await scene.somebody("generateClientCertificate", { provider: STANDARD });
        await up({ keyProvider: STANDARD, certificate: signed });
        await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
        expect(await resource.destroy()).toHaveProperty("failed");
      },
    ],
    [
      "certified",
      async (resource, scene, { up, cutOff }) => {
        const signed = scene.trusted()?.clientCertificate?.pem;
        await scene.somebody("generateClientCertificate", { provider: TRUSTED });
        await new SoapCaller(scene.vcenter).register("left", scene.server().port);
        cutOff("left");
        await up({ keyProvider: `${CLUSTER}/${TRUSTED}`, certificate: signed });
        await new RestCaller(scene.vcenter).create("left", scene.server().port);
        cutOff(`${CLUSTER}/left`);
        await up({ keyProvider: `${CLUSTER}/${TRUSTED}`, certificate: signed });
        expect([scene.standard("left"), scene.trusted("left")]).toEqual([undefined, undefined]);
        await resource.destroy();
      },
    ],
  ],
};
