import { type CheckFailure, driftMark, isRecorded, type Lifecycle, spelledAs } from "../../../core/lifecycle";
import { differences, type Line, warning } from "../../../core/plan";
import { checkArguments, type InputsOf, type OutputsOf, withDefaults } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import { publicKeyFingerprint } from "../../../pki";
import type { Vcenter } from "../api/vcenter";
import type { certificateSigningRequestResource } from "../certificate-signing-request/resource";
import type { clientCertificateResource } from "../client-certificate/resource";
import { ClientKeyReplacedError } from "../errors";
import { existing, providerIn } from "../observed/reference";
import { checkVcenter, exclusivelyOn, type Identity, identify, identifyForRead, inVcenter } from "../vcenter";
import { checkMove, isOtherProvider, type Referenced, referenced } from "./referenced";

export type ClientKeyInputs = InputsOf<typeof clientCertificateResource> &
  InputsOf<typeof certificateSigningRequestResource>;

type OfCertificate = OutputsOf<typeof clientCertificateResource>;
type OfRequest = OutputsOf<typeof certificateSigningRequestResource>;
/** The text that vCenter gives is the output of one kind or the other. */
export type ClientKeyOutputs = Pick<OfCertificate, keyof OfCertificate & keyof OfRequest> &
  Partial<OfCertificate & OfRequest>;
type Inputs = ClientKeyInputs;
type Outputs = ClientKeyOutputs;

/** What is to be made, for whom, and in place of what. */
export interface Making {
  vcenter: Vcenter;
  target: Referenced;
  inputs: Inputs;
  attempt: string;
  /** PEM of what the provider has. */
  found: string | undefined;
}

/**
 * What tells a client certificate that vCenter signs itself from a request for one. Each comes with a key pair that never
 * leaves vCenter.
 */
export interface ClientKeyKind {
  readonly description: typeof clientCertificateResource | typeof certificateSigningRequestResource;
  readonly words: {
    /** With its article, such as `the client certificate`. */
    noun: string;
    /** What a create does, such as `making a client certificate`. */
    creating: string;
    /** Why there is nothing to go on with. */
    none: string;
    /** Why the recorded key is of no use, as the end of a sentence. */
    other: string;
    wayOut: string;
  };
  /** What is wrong with arguments of this kind alone. */
  examine(olds: Partial<Inputs>, inputs: Inputs): CheckFailure[];
  /** What a preview says of a provider that has one already. */
  takenOver(olds: Partial<Inputs>, inputs: Inputs): Line[];
  /** PEM of what the provider has. */
  find(target: Referenced): Promise<string | undefined>;
  isSame(one: string, other: string): boolean;
  /** The outputs that hold it. */
  told(text: string): Partial<Outputs>;
  textIn(state: Partial<Outputs>): string | undefined;
  /** Whether another one is wanted. */
  isAskedFor(olds: Partial<Inputs>, news: Inputs): boolean;
  isOtherSubject(olds: Partial<Inputs>, news: Inputs): boolean;
  /** Whether what the provider has may be what is wanted, of a run that was cut off or by somebody in vCenter. */
  suits(target: Referenced, found: string, inputs: Inputs): boolean;
  make(making: Making): Promise<string>;
  /** What a plan says of another one. */
  foreseen(place: string, inputs: Inputs): Line;
}

export const clientKeyLifecycle = (kind: ClientKeyKind): Lifecycle<Inputs, Outputs> => ({
  async check(olds, news, context) {
    // A trigger that leaves the program asks for nothing. Its last value is kept, to compare a later value with.
    const { regenerate = olds.regenerate } = news;
    const inputs: Inputs = { ...withDefaults(kind.description, news), regenerate };
    const failures = [...checkArguments(kind.description, inputs), ...checkVcenter(inputs, context)];
    if (failures.length > 0) return { inputs, failures, lines: [] };
    const refusals = [...kind.examine(olds, inputs), ...(await checkMove(olds, inputs, context))];
    return { inputs, failures: refusals, lines: kind.takenOver(olds, inputs) };
  },

  async diff(_id, olds, news) {
    const isOther = isOtherProvider(olds, news);
    return {
      differing: differences({
        keyProvider: isUnknown(news.keyProvider) || isOther,
        vcenter: olds.vcenter !== news.vcenter,
        subject: kind.isOtherSubject(olds, news),
        regenerate: olds.regenerate !== news.regenerate,
        publicKeyFingerprint: olds.publicKeyFingerprint !== olds.recordedPublicKeyFingerprint,
      }),
      replaces: isOther ? ["keyProvider"] : [],
      lines: isOther ? [] : foreseen(kind, olds, news),
    };
  },

  async create(inputs, context) {
    const { vcenter, identity } = await identify(context, inputs.vcenter);
    const target = referenced(vcenter, inputs.keyProvider);
    const attempt = `${kind.words.creating} for key provider "${target.name}"`;
    const text = await exclusivelyOn(vcenter, context, async () => {
      await existing(vcenter, inputs.keyProvider, attempt);
      const found = await kind.find(target);
      const isTaken = found !== undefined && (inputs.adopt !== undefined || kind.suits(target, found, inputs));
      return isTaken ? found : kind.make({ vcenter, target, inputs, attempt, found });
    });
    return { id: inputs.keyProvider, outputs: outputsOf(kind, inputs, identity, text) };
  },

  async read(id, state, context) {
    const { vcenter, identity } = await identifyForRead(context, state);
    const { keyProvider = id } = state;
    const target = referenced(vcenter, keyProvider);
    if ((await target.looks.find(target.name)) === undefined) return undefined;
    const observed = await kind.find(target);
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
    const text = spelledAs(kind.textIn(state), observed, kind.isSame);
    return { id, inputs, outputs: { ...outputsOf(kind, inputs, identity, text), recordedPublicKeyFingerprint } };
  },

  async update(_id, olds, news, context) {
    const { vcenter, identity } = await identify(context, news.vcenter, olds);
    const target = referenced(vcenter, news.keyProvider);
    const attempt = `renewing ${kind.words.noun} of key provider "${target.name}"`;
    const text = await exclusivelyOn(vcenter, context, async () => {
      await existing(vcenter, news.keyProvider, attempt);
      const found = await kind.find(target);
      const isOurs = found !== undefined && publicKeyFingerprint(found) === olds.recordedPublicKeyFingerprint;
      if (!kind.isAskedFor(olds, news)) {
        if (isOurs) return found;
        // A run that was cut off had made it, for a wish that is given up: vCenter has the key of this one alone by now.
        const isOfCutOff = context.history.of(identity.vcenterUuid).standing === "open";
        if (isOfCutOff && found !== undefined && kind.suits(target, found, news)) return found;
        throw replaced(kind, vcenter, target, olds, found);
      }
      // A run that was cut off has made it for this very wish; or somebody in vCenter, which keeps its private key as well.
      if (found !== undefined && !isOurs && kind.suits(target, found, news)) return found;
      return kind.make({ vcenter, target, inputs: news, attempt, found });
    });
    return outputsOf(kind, news, identity, spelledAs(kind.textIn(olds), text, kind.isSame));
  },

  // It goes with its provider.
  async delete() {},
});

function outputsOf(kind: ClientKeyKind, inputs: Inputs, identity: Identity, text: string): Outputs {
  const { adopt: _adopt, allowInterruption: _interruption, drifted: _drifted, ...kept } = inputs;
  const fingerprint = publicKeyFingerprint(text);
  return {
    ...kept,
    ...identity,
    ...kind.told(text),
    publicKeyFingerprint: fingerprint,
    recordedPublicKeyFingerprint: fingerprint,
  };
}

function foreseen(kind: ClientKeyKind, olds: Outputs, news: Inputs): Line[] {
  const place = inVcenter(news.vcenter);
  if (kind.isAskedFor(olds, news)) return [kind.foreseen(place, news)];
  if (olds.publicKeyFingerprint === olds.recordedPublicKeyFingerprint) return [];
  const { name } = providerIn(news.keyProvider);
  const what = kind.words.noun.replace(/^the /, "a new ");
  return [warning(`${place}: will be refused: somebody has made ${what} for "${name}"`)];
}

function replaced(
  { words: { noun, none, other, wayOut } }: ClientKeyKind,
  { place }: Vcenter,
  { name }: Referenced,
  olds: Outputs,
  found: string | undefined,
): ClientKeyReplacedError {
  const recorded = olds.recordedPublicKeyFingerprint;
  return new ClientKeyReplacedError({
    attempt: `updating ${noun} of key provider "${name}"`,
    place,
    reason:
      found === undefined
        ? none
        : `somebody has made another one: its public key is ${publicKeyFingerprint(found)}, and ${recorded} was recorded${other}`,
    wayOut,
  });
}
