import { driftMark, isRecorded, type Lifecycle, spelledAs } from "../../../core/lifecycle";
import { isNew } from "../../../core/ownership";
import { announcement, differences, type Line, warning } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";

import { holdsUnknown, isUnknown } from "../../../core/unknown";
import {
  publicKeyFingerprint,
  readCertificateRequest,
  type Subject,
  sameCertificateRequests,
  sameSubjects,
} from "../../../pki";
import type { CertSignRequest } from "../api/types";
import type { Vcenter } from "../api/vcenter";
import { ClientKeyReplacedError } from "../errors";
import { checkMove, isOtherProvider, type Referenced, referenced } from "../key-providers/referenced";
import { existing, providerIn } from "../observed/reference";
import { checkVcenter, exclusivelyOn, type Identity, identify, identifyForRead, inVcenter } from "../vcenter";
import {
  type CertificateSigningRequestInputs,
  type CertificateSigningRequestOutputs,
  certificateSigningRequestResource,
} from "./resource";

type Inputs = CertificateSigningRequestInputs;
type Outputs = CertificateSigningRequestOutputs;

export const certificateSigningRequest: Lifecycle<Inputs, Outputs> = {
  async check(olds, news, context) {
    // A trigger that leaves the program asks for nothing. Its last value is kept, to compare a later value with.
    const { regenerate = olds.regenerate } = news;
    const inputs = { ...withDefaults(certificateSigningRequestResource, news), regenerate };
    const failures = [
      ...checkArguments(certificateSigningRequestResource, inputs),
      ...checkVcenter(inputs, context),
      ...checkSubject(inputs),
    ];
    if (failures.length > 0) return { inputs, failures, lines: [] };
    return { inputs, failures: await checkMove(olds, inputs, context), lines: [] };
  },

  async diff(_id, olds, news) {
    const isOther = isOtherProvider(olds, news);
    return {
      differing: differences({
        keyProvider: isUnknown(news.keyProvider) || isOther,
        vcenter: olds.vcenter !== news.vcenter,
        subject: isOtherSubject(olds.subject, news.subject),
        regenerate: olds.regenerate !== news.regenerate,
        publicKeyFingerprint: olds.publicKeyFingerprint !== olds.recordedPublicKeyFingerprint,
      }),
      replaces: isOther ? ["keyProvider"] : [],
      lines: isOther ? [] : foreseen(olds, news),
    };
  },

  async create(inputs, context) {
    const { vcenter, identity } = await identify(context, inputs.vcenter);
    const target = referenced(vcenter, inputs.keyProvider);
    const attempt = `requesting a client certificate for key provider "${target.name}"`;
    const pem = await exclusivelyOn(vcenter, context, async () => {
      await existing(vcenter, inputs.keyProvider, attempt);
      const found = await target.looks.signingRequest(target.name);
      return found !== undefined && suits(found, inputs.subject)
        ? found
        : target.changes.requestSigning(target.name, spelledForVcenter(inputs.subject));
    });
    return { id: inputs.keyProvider, outputs: outputsOf(inputs, identity, pem) };
  },

  async read(id, state, context) {
    const { vcenter, identity } = await identifyForRead(context, state);
    const { keyProvider = id } = state;
    const { looks, name } = referenced(vcenter, keyProvider);
    if ((await looks.find(name)) === undefined) return undefined;
    const observed = await looks.signingRequest(name);
    if (observed === undefined) return undefined;
    const fingerprint = publicKeyFingerprint(observed);
    const { recordedPublicKeyFingerprint = fingerprint, regenerate, subject } = state;
    const isDrifted = isRecorded(state, "recordedPublicKeyFingerprint") && recordedPublicKeyFingerprint !== fingerprint;
    const inputs: Inputs = {
      vcenter: vcenter.name,
      keyProvider,
      ...(subject === undefined ? {} : { subject }),
      ...(regenerate === undefined ? {} : { regenerate }),
      ...driftMark(state, isDrifted),
    };
    const pem = spelledAs(state.pem, observed, sameCertificateRequests);
    return { id, inputs, outputs: { ...outputsOf(inputs, identity, pem), recordedPublicKeyFingerprint } };
  },

  async update(_id, olds, news, context) {
    const { vcenter, identity } = await identify(context, news.vcenter, olds);
    const target = referenced(vcenter, news.keyProvider);
    const attempt = `renewing the certificate signing request of key provider "${target.name}"`;
    const pem = await exclusivelyOn(vcenter, context, async () => {
      await existing(vcenter, news.keyProvider, attempt);
      const found = await target.looks.signingRequest(target.name);
      const isOurs = found !== undefined && publicKeyFingerprint(found) === olds.recordedPublicKeyFingerprint;
      if (!isAskedFor(olds, news)) {
        if (isOurs) return found;
        throw replaced(vcenter, target, olds, found);
      }
      // A run that was cut off has made it for this very wish; or somebody in vCenter, which keeps its private key as well.
      if (found !== undefined && !isOurs && suits(found, news.subject)) return found;
      return target.changes.requestSigning(target.name, spelledForVcenter(news.subject));
    });
    return outputsOf(news, identity, spelledAs(olds.pem, pem, sameCertificateRequests));
  },

  // It goes with its provider.
  async delete() {},
};

const suits = (pem: string, subject: Subject | undefined): boolean =>
  subject === undefined || isIn(readCertificateRequest(pem).subjectFields, subject);

/** vCenter adds fields of its own where some are left out. */
const isIn = (found: Subject, wanted: Subject): boolean => sameSubjects({ ...found, ...wanted }, found);

/** A subject by the names that the API has for its fields. */
const spelledForVcenter = (subject: Subject | undefined): CertSignRequest | undefined => {
  if (subject === undefined) return undefined;
  const { organizationalUnit: organizationUnit, emailAddress: email, ...rest } = subject;
  return { ...rest, organizationUnit, email };
};

const isOtherSubject = (olds: Subject | undefined, news: Subject | undefined): boolean =>
  news !== undefined && (holdsUnknown(news) || !sameSubjects(olds ?? {}, news));

const isAskedFor = (olds: Partial<Inputs>, news: Inputs): boolean =>
  !isNew(olds) &&
  ((news.regenerate !== undefined && olds.regenerate !== news.regenerate) ||
    isOtherSubject(olds.subject, news.subject));

/** Trust Authority takes no subject. */
function checkSubject({ keyProvider, subject }: Inputs) {
  if (subject === undefined || isUnknown(subject) || isUnknown(keyProvider) || typeof keyProvider !== "string")
    return [];
  if (providerIn(keyProvider).trustAuthorityCluster === undefined) return [];
  return [{ property: "subject", reason: "cannot be given for a trusted provider: vCenter chooses it" }];
}

function outputsOf(inputs: Inputs, identity: Identity, pem: string): Outputs {
  const { drifted: _drifted, ...kept } = inputs;
  const fingerprint = publicKeyFingerprint(pem);
  return { ...kept, ...identity, pem, publicKeyFingerprint: fingerprint, recordedPublicKeyFingerprint: fingerprint };
}

function foreseen(olds: Outputs, news: Inputs): Line[] {
  const place = inVcenter(news.vcenter);
  const { name } = providerIn(news.keyProvider);
  if (isAskedFor(olds, news)) {
    const text = `${place}: will make a new certificate signing request for "${name}": certificates that were not uploaded for the present one become useless`;
    return [announcement(text)];
  }
  if (olds.publicKeyFingerprint === olds.recordedPublicKeyFingerprint) return [];
  return [warning(`${place}: will be refused: somebody has made a new certificate signing request for "${name}"`)];
}

const replaced = ({ place }: Vcenter, { name }: Referenced, olds: Outputs, found: string | undefined) =>
  new ClientKeyReplacedError({
    attempt: `updating the certificate signing request of key provider "${name}"`,
    place,
    reason:
      found === undefined
        ? "vCenter has no request for it any more"
        : `somebody has made a new one: its public key is ${publicKeyFingerprint(found)}, and ${olds.recordedPublicKeyFingerprint} was recorded, whose private key is gone`,
    wayOut: "change regenerate to make one that this program goes on with, and have it signed",
  });
