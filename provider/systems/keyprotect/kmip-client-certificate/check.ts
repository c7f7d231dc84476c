import { isConnectionKnown } from "../../../connections/configured";
import { type CheckFailure, type Findings, type Looking, refusal } from "../../../core/lifecycle";
import { isNew, takenOver } from "../../../core/ownership";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import { checkClientCertificate, describeCertificate, describeKnown, readCertificates } from "../../../pki";
import { keysInAdapter } from "../adapter-keys";
import { checkInstance, identify, inInstance } from "../instance";
import { registrationMark } from "../marks";
import { findAdapter, listLiveObjects } from "../observed/kmip-adapters";
import { keyProtect } from "../system";
import { type KmipClientCertificateInputs, kmipClientCertificateResource } from "./resource";

/** Arguments with what check leaves in them. The mark is kept, whatever the resource is called by now. */
export function checkedInputs(
  olds: Partial<KmipClientCertificateInputs>,
  news: KmipClientCertificateInputs,
  { self }: Pick<Looking, "self">,
): KmipClientCertificateInputs {
  const inputs = withDefaults(kmipClientCertificateResource, news);
  const mark = olds.mark ?? registrationMark(self, typeof news.name === "string" ? news.name : undefined);
  return { ...inputs, mark, complete: true };
}

/** What is wrong with the arguments, and what deserves a warning. */
export function examine(
  olds: Partial<KmipClientCertificateInputs>,
  inputs: KmipClientCertificateInputs,
  context: Looking,
): Findings {
  const { certificate } = inputs;
  const now = context.clock.now();
  const accepted = isNew(olds) && inputs.adopt !== undefined ? certificate : olds.certificate;
  const client = checkClientCertificate(certificate, { property: "certificate", now, accepted });
  const failures = [
    ...checkArguments(kmipClientCertificateResource, inputs),
    ...checkInstance(inputs, context),
    ...client.failures,
  ];
  if (failures.length > 0) return { failures, lines: client.lines };
  const taken = takenOver(inInstance(inputs.instance), "the registration of this certificate", olds, inputs);
  return { failures: checkDeclaredOnce(inputs, context), lines: [...taken, ...client.lines] };
}

export const described = (inputs: KmipClientCertificateInputs): KmipClientCertificateInputs => ({
  ...inputs,
  certificateDescription: describeKnown(inputs.certificate, describeCertificate),
});

/** A certificate stands once in a region: at another adapter it can be registered when it is no more at the former one. */
export async function checkMove(
  olds: Partial<KmipClientCertificateInputs>,
  { adapter: wanted, instance: name }: KmipClientCertificateInputs,
  context: Looking,
): Promise<CheckFailure[]> {
  const { adapter, instance = name } = olds;
  if (adapter === undefined || isUnknown(wanted) || wanted === adapter) return [];
  if (!isConnectionKnown(keyProtect, instance, context)) return [];
  const { instance: connected } = await identify(context, instance);
  const objects = await listLiveObjects(connected, adapter);
  const former = objects.length === 0 ? undefined : await findAdapter(connected, adapter);
  if (former === undefined) return [];
  const attempt = `leaving KMIP adapter "${former.name}" (${former.id})`;
  const wayOut =
    "have another certificate issued, declare it under a new logical name for the other adapter, move the client, and then take this one away";
  return [refusal("adapter", await keysInAdapter(connected, { adapter, objects, attempt, wayOut }))];
}

/** What a certificate is at an adapter, whoever declares it. */
export function contentKey({
  adapter,
  certificate,
}: Pick<KmipClientCertificateInputs, "adapter" | "certificate">): string | undefined {
  if (isUnknown(adapter) || isUnknown(certificate)) return undefined;
  return `client certificate ${readCertificates(certificate)[0].fingerprint256} at KMIP adapter ${adapter}`;
}

/** What one resource has registered at an adapter, whichever certificates these are. */
export const ownKey = (
  { adapter }: Pick<KmipClientCertificateInputs, "adapter">,
  { identity }: Pick<Looking["self"], "identity">,
): string => `client certificates at KMIP adapter ${adapter} of ${identity}`;

function checkDeclaredOnce(inputs: KmipClientCertificateInputs, context: Looking): CheckFailure[] {
  const { declarations, self } = context;
  declarations.declare(ownKey(inputs, self), self.identity);
  const key = contentKey(inputs);
  const other = key === undefined ? undefined : declarations.declare(key, self.identity);
  if (other === undefined) return [];
  const reason = `is registered once at an adapter, and ${context.inWords(other)} already declares it: remove one`;
  return [{ property: "certificate", reason }];
}
