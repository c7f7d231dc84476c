import type { Openssl } from "./openssl";

/** The texts that certificates, requests and keys are generated from. */
export interface Material {
  ca: string;
  caKey: string;
  otherCa: string;
  client: string;
  request: string;
  clientFingerprint: string;
}

export function makeMaterial(openssl: Openssl): Material {
  const [root, other] = ["/CN=Root", "/CN=Other"].map((subject) =>
    openssl.selfSigned("p256", subject, "-days", "3000"),
  );
  if (root === undefined || other === undefined) throw new Error("openssl made no authority");
  const key = openssl.key("p256");
  const request = openssl.request(key, "/CN=storage-1");
  return {
    ca: root.certificate,
    caKey: root.key,
    otherCa: other.certificate,
    client: openssl.sign(request, root, "extendedKeyUsage = clientAuth", "-days", "1000"),
    request,
    clientFingerprint: openssl.keyFingerprint(key),
  };
}
