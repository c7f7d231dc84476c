import { type CheckFailure, type Findings, refusal } from "../../../core/lifecycle";
import { ClientCertificateMismatchError } from "../../../core/object-errors";
import { isNew } from "../../../core/ownership";
import { checkArguments } from "../../../core/resource/description";
import { publicKeyFingerprint as fingerprint } from "../../../core/resource/kinds";
import { isUnknown } from "../../../core/unknown";
import { checkCaCertificate, checkClientCertificate, publicKeyFingerprint } from "../../../pki";

import { type KeyServerInputs, keyServerResource } from "../key-server/resource";

/** What can be said of a key server's arguments without asking anyone: of those in a program, or of what a cluster has. */
export function examineKeyServer(
  olds: Partial<KeyServerInputs>,
  news: Omit<KeyServerInputs, "cluster">,
  now: Date,
): Findings {
  // A key server that is taken over is in use, and faults of its certificates must not stop that.
  const inUse = isNew(olds) && news.adopt !== undefined ? news : olds;
  const ca = checkCaCertificate(news.caCertificate, { property: "caCertificate", now, accepted: inUse.caCertificate });
  const client = checkClientCertificate(news.clientCertificate, {
    property: "clientCertificate",
    now,
    accepted: inUse.clientCertificate,
  });
  return {
    failures: [
      ...checkArguments(keyServerResource, news),
      ...ca.failures,
      ...(client.failures.length > 0 ? client.failures : checkPublicKey(news)),
    ],
    lines: [...ca.lines, ...client.lines],
  };
}

/** At plan time: was the certificate issued for the key pair that the program says is the cluster's? */
function checkPublicKey({
  clientCertificate,
  publicKeyFingerprint: wanted,
}: Pick<KeyServerInputs, "clientCertificate" | "publicKeyFingerprint">): CheckFailure[] {
  if (isUnknown(wanted) || fingerprint.complaints(wanted).length > 0 || isUnknown(clientCertificate)) return [];
  const own = publicKeyFingerprint(clientCertificate);
  if (own === wanted) return [];
  const refused = new ClientCertificateMismatchError({
    attempt: "comparing clientCertificate with publicKeyFingerprint",
    reason: `it was issued for the public key ${own}, but the cluster's is ${wanted}`,
    wayOut: "have the cluster's own certificate signing request signed, and give that certificate",
  });
  return [refusal("clientCertificate", refused)];
}
