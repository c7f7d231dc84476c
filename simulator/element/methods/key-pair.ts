import { createHash, type KeyObject } from "node:crypto";
import { rsaKeyPool } from "../../chassis/rsa-keys";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import { keyPairRequest } from "./certificate-request";
import { activeProviderIDs } from "./key-provider-activity";
import type { MethodGroup } from "./method";
import { optional, text } from "./parameters";

type Methods = "CreatePublicPrivateKeyPair" | "GetClientCertificateSignRequest";

export const keyPairMethods: MethodGroup<Methods> = {
  CreatePublicPrivateKeyPair: {
    since: "11.7",
    params: {
      commonName: optional(text),
      organization: optional(text),
      organizationalUnit: optional(text),
      locality: optional(text),
      state: optional(text),
      country: optional(text),
      emailAddress: optional(text),
    },
    async handle(cluster, subject) {
      if (cluster.switches.keyPairWhileActive === "refuse" && activeProviderIDs(cluster.state).size > 0) {
        throw new ApiError("keyPairInUse", "An active key provider uses the key pair");
      }
      const { publicKey, privateKey } = await rsaKeyPool.take();
      cluster.secrets.keyPairPrivateKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
      cluster.state.keyPair = {
        subject,
        fingerprint256: publicKeyFingerprint(publicKey),
        generation: (cluster.state.keyPair?.generation ?? 0) + 1,
      };
      await cluster.save();
      return {};
    },
  },

  GetClientCertificateSignRequest: {
    since: "11.7",
    params: {},
    handle: (cluster) => ({ clientCertificateSignRequest: presentRequest(cluster) }),
  },
};

function presentRequest(cluster: Cluster): string {
  const privateKey = cluster.secrets.keyPairPrivateKey;
  if (!privateKey || !cluster.state.keyPair) {
    throw new ApiError("keyPairDoesNotExist", "No public private key pair has been created");
  }
  return keyPairRequest(privateKey, cluster.state.keyPair.subject, cluster.switches.csrVersion2 ? 2 : 0);
}

/** SHA-256 of the key's SubjectPublicKeyInfo, AA:BB:.. */
export function publicKeyFingerprint(publicKey: KeyObject): string {
  const digest = createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
  return (digest.toUpperCase().match(/../g) ?? []).join(":");
}
