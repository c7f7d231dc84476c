import { createPrivateKey } from "node:crypto";
import type { CheckFailure, Findings, Looking } from "../../../core/lifecycle";
import { checkArguments } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import { checkClientCertificate, publicKeyFingerprint, readCertificates } from "../../../pki";
import { checkVcenter } from "../vcenter";
import { type KeyProviderTrustInputs, keyProviderTrustResource } from "./resource";

type Inputs = KeyProviderTrustInputs;

/** What is wrong with the arguments, and what deserves a warning. */
export function examine(olds: Partial<Inputs>, inputs: Inputs, context: Looking): Findings {
  const ofArguments = [
    ...checkArguments(keyProviderTrustResource, inputs),
    ...checkArguments({ ...keyProviderTrustResource, arguments: keyProviderTrustResource.wired }, inputs),
    ...checkVcenter(inputs, context),
  ];
  const { certificate } = inputs;
  if (certificate === undefined) {
    const failures = [...ofArguments, ...(inputs.privateKey === undefined ? [] : [NO_CERTIFICATE])];
    return { failures, lines: [] };
  }
  const now = context.clock.now();
  const { failures, lines } = checkClientCertificate(certificate, {
    property: "certificate",
    now,
    accepted: olds.certificate,
  });
  const wrong = [...ofArguments, ...failures];
  return { failures: wrong.length > 0 ? wrong : mismatches(inputs), lines };
}

const NO_CERTIFICATE: CheckFailure = {
  property: "certificate",
  reason: "must be given with privateKey: vCenter uses both together",
};

function mismatches({ certificate = "", privateKey, publicKeyFingerprint: wanted }: Inputs): CheckFailure[] {
  if (isUnknown(certificate)) return [];
  const found = publicKeyFingerprint(certificate);
  if (wanted !== undefined && !isUnknown(wanted) && wanted !== found) {
    const reason = `is for the public key ${found}, and publicKeyFingerprint is ${wanted}: have the present request signed`;
    return [{ property: "certificate", reason }];
  }
  return privateKey === undefined || isUnknown(privateKey) ? [] : keyFailures(certificate, privateKey);
}

/** Without the property, whose value the engine would print. */
function keyFailures(certificate: string, privateKey: string): CheckFailure[] {
  try {
    const key = createPrivateKey(privateKey);
    const isOf = readCertificates(certificate)[0].checkPrivateKey(key);
    return isOf ? [] : [{ property: "", reason: "privateKey is not that of the certificate" }];
  } catch {
    return [{ property: "", reason: "privateKey must be an unencrypted private key in PEM" }];
  }
}
