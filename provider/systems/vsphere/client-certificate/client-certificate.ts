import { driftMark, isRecorded, type Lifecycle, spelledAs } from "../../../core/lifecycle";
import { ObjectNotFoundError } from "../../../core/object-errors";
import { isNew, takenOver } from "../../../core/ownership";
import { announcement, differences, type Line, warning } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";

import { isUnknown } from "../../../core/unknown";
import { describeCertificate, publicKeyFingerprint, readCertificates, sameCertificates } from "../../../pki";
import type { Vcenter } from "../api/vcenter";
import { ClientKeyReplacedError, InterruptionError } from "../errors";
import { checkMove, isOtherProvider, type Referenced, referenced } from "../key-providers/referenced";
import { existing, providerIn } from "../observed/reference";
import { checkVcenter, exclusivelyOn, type Identity, identify, identifyForRead, inVcenter } from "../vcenter";
import { type ClientCertificateInputs, type ClientCertificateOutputs, clientCertificateResource } from "./resource";

type Inputs = ClientCertificateInputs;
type Outputs = ClientCertificateOutputs;

export const clientCertificate: Lifecycle<Inputs, Outputs> = {
  async check(olds, news, context) {
    // A trigger that leaves the program asks for nothing. Its last value is kept, to compare a later value with.
    const { regenerate = olds.regenerate } = news;
    const inputs = { ...withDefaults(clientCertificateResource, news), regenerate };
    const failures = [...checkArguments(clientCertificateResource, inputs), ...checkVcenter(inputs, context)];
    if (failures.length > 0) return { inputs, failures, lines: [] };
    const lines = takenOver(inVcenter(inputs.vcenter), "the client certificate that the provider has", olds, inputs);
    const refusals = [...checkInterruption(olds, inputs), ...(await checkMove(olds, inputs, context))];
    return { inputs, failures: refusals, lines };
  },

  async diff(_id, olds, news) {
    const isOther = isOtherProvider(olds, news);
    return {
      differing: differences({
        keyProvider: isUnknown(news.keyProvider) || isOther,
        vcenter: olds.vcenter !== news.vcenter,
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
    const attempt = `making a client certificate for key provider "${target.name}"`;
    const certificate = await exclusivelyOn(vcenter, context, async () => {
      await existing(vcenter, inputs.keyProvider, attempt);
      const found = await target.looks.generatedCertificate(target.name);
      if (found !== undefined && (inputs.adopt !== undefined || mayBeGenerated(target, found))) return found;
      if (inputs.adopt !== undefined) throw nothingToAdopt(vcenter, target);
      if (found !== undefined && !inputs.allowInterruption) throw interruption(vcenter, target, attempt);
      return target.changes.generateCertificate(target.name);
    });
    return { id: inputs.keyProvider, outputs: outputsOf(inputs, identity, certificate) };
  },

  async read(id, state, context) {
    const { vcenter, identity } = await identifyForRead(context, state);
    const { keyProvider = id } = state;
    const { looks, name } = referenced(vcenter, keyProvider);
    if ((await looks.find(name)) === undefined) return undefined;
    const observed = await looks.generatedCertificate(name);
    if (observed === undefined) return undefined;
    const certificate = spelledAs(state.certificate, observed, sameCertificates);
    const fingerprint = publicKeyFingerprint(observed);
    const { recordedPublicKeyFingerprint = fingerprint, regenerate } = state;
    const isDrifted = isRecorded(state, "recordedPublicKeyFingerprint") && recordedPublicKeyFingerprint !== fingerprint;
    const inputs: Inputs = {
      vcenter: vcenter.name,
      keyProvider,
      ...(regenerate === undefined ? {} : { regenerate }),
      ...driftMark(state, isDrifted),
    };
    return { id, inputs, outputs: { ...outputsOf(inputs, identity, certificate), recordedPublicKeyFingerprint } };
  },

  async update(_id, olds, news, context) {
    const { vcenter, identity } = await identify(context, news.vcenter, olds);
    const target = referenced(vcenter, news.keyProvider);
    const attempt = `renewing the client certificate of key provider "${target.name}"`;
    const isAskedFor = news.regenerate !== undefined && news.regenerate !== olds.regenerate;
    const certificate = await exclusivelyOn(vcenter, context, async () => {
      await existing(vcenter, news.keyProvider, attempt);
      const found = await target.looks.generatedCertificate(target.name);
      const isOurs = found !== undefined && publicKeyFingerprint(found) === olds.recordedPublicKeyFingerprint;
      if (!isAskedFor) {
        if (isOurs) return found;
        throw replaced(vcenter, target, olds, found);
      }
      // A run that was cut off has made it for this very wish; or somebody in vCenter, whose private key is there as well.
      if (found !== undefined && !isOurs && mayBeGenerated(target, found)) return found;
      if (target.looks.family === "trusted" && !news.allowInterruption) throw interruption(vcenter, target, attempt);
      return target.changes.generateCertificate(target.name);
    });
    const spelled = spelledAs(olds.certificate, certificate, sameCertificates);
    return outputsOf(news, identity, spelled);
  },

  // It goes with its provider.
  async delete() {},
};

/** What vCenter makes is self-signed. A standard provider's is kept apart from what is uploaded. */
function mayBeGenerated({ looks }: Referenced, certificate: string): boolean {
  const [{ subject, issuer }] = readCertificates(certificate);
  return looks.family === "standard" || subject === issuer;
}

function outputsOf(inputs: Inputs, identity: Identity, certificate: string): Outputs {
  const { adopt: _adopt, allowInterruption: _interruption, drifted: _drifted, ...kept } = inputs;
  const fingerprint = publicKeyFingerprint(certificate);
  return {
    ...kept,
    ...identity,
    certificate,
    certificateDescription: describeCertificate(certificate),
    publicKeyFingerprint: fingerprint,
    recordedPublicKeyFingerprint: fingerprint,
  };
}

const isTriggered = (olds: Partial<Inputs>, { regenerate }: Inputs): boolean =>
  !isNew(olds) && regenerate !== undefined && olds.regenerate !== regenerate;

function checkInterruption(olds: Partial<Inputs>, news: Inputs) {
  const { keyProvider, regenerate, allowInterruption } = news;
  if (!isTriggered(olds, news) || allowInterruption || isUnknown(regenerate) || isUnknown(keyProvider)) return [];
  if (providerIn(keyProvider).trustAuthorityCluster === undefined) return [];
  const reason =
    "cuts a trusted provider off until the key server has learnt the new certificate: declare a CertificateSigningRequest, " +
    "which renews without a gap, or set allowInterruption";
  return [{ property: "regenerate", reason }];
}

function foreseen(olds: Outputs, news: Inputs): Line[] {
  const place = inVcenter(news.vcenter);
  const { name, trustAuthorityCluster } = providerIn(news.keyProvider);
  if (isTriggered(olds, news)) {
    if (trustAuthorityCluster === undefined) {
      return [announcement(`${place}: will make a new client certificate for "${name}"; the present one stays in use`)];
    }
    const text = `${place}: will make a new client certificate for "${name}", and vCenter cannot reach the key servers from then until they have learnt it, which may take ten minutes`;
    return [warning(text)];
  }
  if (olds.publicKeyFingerprint === olds.recordedPublicKeyFingerprint) return [];
  return [warning(`${place}: will be refused: somebody has made a new client certificate for "${name}"`)];
}

const replaced = ({ place }: Vcenter, { name }: Referenced, olds: Outputs, found: string | undefined) =>
  new ClientKeyReplacedError({
    attempt: `updating the client certificate of key provider "${name}"`,
    place,
    reason:
      found === undefined
        ? "the provider has no client certificate any more"
        : `somebody has made another one: its public key is ${publicKeyFingerprint(found)}, and ${olds.recordedPublicKeyFingerprint} was recorded`,
    wayOut:
      "find out who has done so; change regenerate to have vCenter make one that this program goes on with, which the key server then has to learn",
  });

const interruption = ({ place }: Vcenter, { name }: Referenced, attempt: string) =>
  new InterruptionError({
    attempt,
    place,
    reason: `"${name}" would use it at once, and the key servers know the present one alone`,
    wayOut:
      "declare a vsphere.CertificateSigningRequest, which renews without a gap; or set allowInterruption, and register the new certificate at once",
  });

const nothingToAdopt = ({ place }: Vcenter, { name }: Referenced) =>
  new ObjectNotFoundError({
    attempt: `adopting the client certificate of key provider "${name}"`,
    place,
    reason: "vCenter has made none for it so far",
    wayOut: "leave adopt out, and one is made",
  });
