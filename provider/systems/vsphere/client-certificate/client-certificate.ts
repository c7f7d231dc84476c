import { ObjectNotFoundError } from "../../../core/object-errors";
import { isNew, takenOver } from "../../../core/ownership";
import { announcement, warning } from "../../../core/plan";
import { isUnknown } from "../../../core/unknown";
import { describeCertificate, readCertificates, sameCertificates } from "../../../pki";
import { InterruptionError } from "../errors";
import { type ClientKeyInputs, type ClientKeyKind, clientKeyLifecycle, type Making } from "../key-providers/client-key";
import { providerIn } from "../observed/reference";
import { inVcenter } from "../vcenter";
import { clientCertificateResource } from "./resource";

const generated: ClientKeyKind = {
  description: clientCertificateResource,
  words: {
    noun: "the client certificate",
    creating: "making a client certificate",
    none: "the provider has no client certificate any more",
    other: "",
    wayOut:
      "find out who has done so; change regenerate to have vCenter make one that this program goes on with, which the key server then has to learn",
  },
  examine: checkInterruption,
  takenOver: (olds, inputs) =>
    takenOver(inVcenter(inputs.vcenter), "the client certificate that the provider has", olds, inputs),
  find: ({ looks, name }) => looks.generatedCertificate(name),
  isSame: sameCertificates,
  told: (certificate) => ({ certificate, certificateDescription: describeCertificate(certificate) }),
  textIn: ({ certificate }) => certificate,
  isAskedFor,
  isOtherSubject: () => false,
  // What vCenter makes is self-signed. A standard provider's is kept apart from what is uploaded.
  suits({ looks }, found) {
    const [{ subject, issuer }] = readCertificates(found);
    return looks.family === "standard" || subject === issuer;
  },
  make(making) {
    const { target, inputs, found } = making;
    if (inputs.adopt !== undefined) throw nothingToAdopt(making);
    const isInUseAtOnce = found !== undefined && target.looks.family === "trusted";
    if (isInUseAtOnce && !inputs.allowInterruption) throw interruption(making);
    return target.changes.generateCertificate(target.name);
  },
  foreseen(place, { keyProvider }) {
    const { name, trustAuthorityCluster } = providerIn(keyProvider);
    const text = `${place}: will make a new client certificate for "${name}"`;
    return trustAuthorityCluster === undefined
      ? announcement(`${text}; the present one stays in use`)
      : warning(
          `${text}, and vCenter cannot reach the key servers from then until they have learnt it, which may take ten minutes`,
        );
  },
};

export const clientCertificate = clientKeyLifecycle(generated);

function isAskedFor(olds: Partial<ClientKeyInputs>, { regenerate }: ClientKeyInputs): boolean {
  return !isNew(olds) && regenerate !== undefined && olds.regenerate !== regenerate;
}

function checkInterruption(olds: Partial<ClientKeyInputs>, news: ClientKeyInputs) {
  const { keyProvider, regenerate, allowInterruption } = news;
  if (!isAskedFor(olds, news) || allowInterruption || isUnknown(regenerate) || isUnknown(keyProvider)) return [];
  if (providerIn(keyProvider).trustAuthorityCluster === undefined) return [];
  const reason =
    "cuts a trusted provider off until the key server has learnt the new certificate: declare a CertificateSigningRequest, " +
    "which renews without a gap, or set allowInterruption";
  return [{ property: "regenerate", reason }];
}

const interruption = ({ vcenter: { place }, target: { name }, attempt }: Making) =>
  new InterruptionError({
    attempt,
    place,
    reason: `"${name}" would use it at once, and the key servers know the present one alone`,
    wayOut:
      "declare a vsphere.CertificateSigningRequest, which renews without a gap; or set allowInterruption, and register the new certificate at once",
  });

const nothingToAdopt = ({ vcenter: { place }, target: { name } }: Making) =>
  new ObjectNotFoundError({
    attempt: `adopting the client certificate of key provider "${name}"`,
    place,
    reason: "vCenter has made none for it so far",
    wayOut: "leave adopt out, and one is made",
  });
