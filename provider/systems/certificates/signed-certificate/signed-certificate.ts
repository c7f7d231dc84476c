import { isRecorded, type Lifecycle } from "../../../core/lifecycle";
import { NotImportableError } from "../../../core/object-errors";
import { announcement, info } from "../../../core/plan";
import { withDefaults } from "../../../core/resource/description";
import { unknownIn } from "../../../core/unknown";
import { certificateParts, describe, inWords } from "../../../pki/certificate";
import { sameChains } from "../../../pki/chain";
import { IssuerError } from "../../../pki/errors";
import { clientExtensions } from "../../../pki/extensions";
import { issueCertificate } from "../../../pki/issue";
import { assertValidAt, readIssuer, validityOf } from "../../../pki/issuer";
import { readCertificateRequest } from "../../../pki/request";
import { validityFrom } from "../../../pki/validity";
import { checkSigning } from "./check";
import {
  firstSigningInWords,
  foresee,
  inFirstPlace,
  inPlaceOf,
  isRenewalDue,
  renewalTime,
  signingInWords,
  signingReason,
  windowInWords,
  withIssuers,
  withIssuersOf,
} from "./plan";
import { type SignedCertificateInputs, type SignedCertificateOutputs, signedCertificateResource } from "./resource";

/**
 * A client certificate, signed from a request by an authority whose key is at hand.
 *
 * Its id is the serial number of its first certificate. Every change, renewal too, signs anew in place.
 */
export const signedCertificate: Lifecycle<SignedCertificateInputs, SignedCertificateOutputs> = {
  async check(olds, news, context) {
    const inputs = withDefaults(signedCertificateResource, news);
    const now = context.clock.now();
    const { failures, lines, ...signing } = checkSigning(olds, inputs, now);
    if (failures.length > 0) return { inputs, failures, lines };
    const plan = Object.keys(olds).length === 0 ? firstSigningInWords(inputs, signing, now) : undefined;
    if (plan !== undefined) lines.push(announcement(plan));
    const window = windowInWords(olds, inputs);
    if (window !== undefined) lines.push(info(window));
    return { inputs: { ...inputs, ...foresee(inputs, signing) }, failures, lines };
  },

  async diff(_id, olds, news, { clock }) {
    const unknown = unknownIn(news);
    if (unknown.length > 0) {
      const line = announcement(
        `may sign a new certificate in place of ${inWords(olds)}: not all that it follows from is known yet`,
      );
      return { differing: unknown, lines: [line] };
    }
    const now = clock.now();
    const reason = signingReason(olds, news, now);
    const issuersDiffer = (olds.includeIssuers || news.includeIssuers) === true && !isFollowedAsWanted(olds, news);
    // Another window for the renewal is no change: an update would make the certificate unknown to whoever uses it.
    const differing = issuersDiffer ? ["includeIssuers"] : [];
    if (reason !== undefined) {
      const line = announcement(signingInWords(olds, news, reason, now));
      return { differing: [reason.differing, ...differing], lines: [line] };
    }
    if (!issuersDiffer) return { differing, lines: [] };
    const line = info(`${inWords(olds)} stays, ${news.includeIssuers ? "followed by" : "without"} its issuers`);
    return { differing, lines: [line] };
  },

  async create(inputs, { clock, log }) {
    const outputs = sign(inputs, clock.now());
    log.info(`signed ${inFirstPlace(new Date(outputs.notAfter))}`);
    return { id: outputs.serialNumber, outputs };
  },

  /** State is the certificate: there is nothing else to look at but the time. */
  async read(id, state, { clock, self }) {
    if (!isRecorded(state, "certificate")) throw new NotImportableError(self.name, CERTIFICATE_IS_IN_STATE);
    const { stateVersion, certificate, renewalTime, serialNumber, notBefore, notAfter, fingerprint256, ...inputs } =
      state;
    const renewalDue = isRenewalDue(state, state, clock.now()) || undefined;
    return { id, inputs: { ...inputs, renewalDue }, outputs: { ...state, renewalDue } };
  },

  async update(_id, olds, news, { clock, log }) {
    const now = clock.now();
    const reason = signingReason(olds, news, now);
    if (reason !== undefined) {
      const outputs = sign(news, now);
      log.info(`signed ${inPlaceOf(olds, new Date(outputs.notAfter), reason.words)}`);
      return outputs;
    }
    return {
      ...olds,
      ...news,
      includeIssuers: news.includeIssuers,
      certificate: withIssuersOf(olds, news),
      renewalDue: undefined,
      renewalTime: renewalTime(olds.notAfter, news),
    };
  },

  /** The certificate stays valid until it expires; there is nothing that could be told otherwise. */
  async delete() {},
};

const CERTIFICATE_IS_IN_STATE = "a signed certificate is in the state of the stack that signed it: no system lists it";

const isFollowedAsWanted = (olds: SignedCertificateOutputs, news: SignedCertificateInputs): boolean =>
  sameChains(olds.certificate, withIssuersOf(olds, news));

function sign(inputs: SignedCertificateInputs, now: Date): SignedCertificateOutputs {
  const request = readCertificateRequest(inputs.certificateSigningRequest);
  const { certificate: issuer, privateKey } = readIssuer(inputs.caCertificate, inputs.caPrivateKey);
  assertValidAt(issuer, now);
  const template = {
    issuer: certificateParts(issuer).subject.encoded,
    subject: request.subjectDer,
    publicKey: request.publicKey,
    validity: validityFrom(now, inputs.validityDays, validityOf(issuer)),
    extensions: clientExtensions(request.publicKey, issuer),
  };
  const certificate = issueCertificate(template, privateKey);
  if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) {
    throw new IssuerError(`what certificate authority "${describe(issuer).subject}" signs does not verify under it`);
  }
  const description = describe(certificate);
  return {
    ...inputs,
    ...foresee(inputs, { request, issuer: { certificate: issuer, privateKey } }),
    ...description,
    stateVersion: 1,
    certificate: withIssuers(certificate, inputs),
    renewalTime: renewalTime(description.notAfter, inputs),
  };
}
