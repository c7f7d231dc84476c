import { IncompleteError } from "../../../core/errors";
import { type Context, isRecorded, type Lifecycle } from "../../../core/lifecycle";
import { ReplacementRefusedError } from "../../../core/object-errors";
import { announcement, differences, info, type Line } from "../../../core/plan";
import { inputsIn } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import { describeCertificate, inWords, readCertificates, sameChains } from "../../../pki";
import type { Instance } from "../api/instance";
import type { KmipClientCertificate } from "../api/types";
import { PropagationDeadlineError } from "../errors";
import { exclusivelyOn, type Identity, identify, identifyForRead, inInstance } from "../instance";
import { registrationIn } from "../marks";
import { findClientCertificate, ifThere, listClientCertificates } from "../observed/kmip-adapters";
import { checkedInputs, checkMove, contentKey, described, examine, ownKey } from "./check";
import { accepted, propagationSeconds } from "./propagation";
import { ownRegistration, registrationsAt } from "./registrations";
import { assertRemovable } from "./removal";
import {
  type KmipClientCertificateInputs,
  type KmipClientCertificateOutputs,
  kmipClientCertificateResource,
} from "./resource";

type Inputs = KmipClientCertificateInputs;
type Outputs = KmipClientCertificateOutputs;

export const kmipClientCertificate: Lifecycle<Inputs, Outputs> = {
  async check(olds, news, context) {
    const inputs = checkedInputs(olds, news, context);
    const { failures, lines } = examine(olds, inputs, context);
    if (failures.length > 0) return { inputs, failures, lines };
    return { inputs: described(inputs), failures: await checkMove(olds, inputs, context), lines };
  },

  async diff(_id, olds, news) {
    const isMoved = !isUnknown(news.adapter) && news.adapter !== olds.adapter;
    const isOther = isUnknown(news.certificate) || fingerprintOf(news) !== olds.fingerprint256;
    return {
      differing: differences({
        adapter: isUnknown(news.adapter) || isMoved,
        instance: olds.instance !== news.instance,
        certificate: isUnknown(news.certificate) || !sameChains(olds.certificate, news.certificate),
        complete: !olds.complete,
        propagation: isUnknown(news.propagation) || propagationSeconds(olds) !== propagationSeconds(news),
        onDelete: olds.onDelete !== news.onDelete,
        adapterOnDelete: isUnknown(news.adapterOnDelete) || olds.adapterOnDelete !== news.adapterOnDelete,
      }),
      replaces: isMoved ? ["adapter"] : [],
      // A certificate stands once in a region.
      ...(isMoved ? { deletesFirst: true } : {}),
      lines: isMoved ? [] : [...foreseen(olds, news, isOther), ...fate(olds, news)],
    };
  },

  async create(inputs, context) {
    const { instance, identity } = await identify(context, inputs.instance);
    const outputs = await registered(instance, inputs, identity, context);
    return { id: idOf(outputs), outputs };
  },

  async read(id, recorded, context) {
    const { instance, identity } = await identifyForRead(context, recorded);
    const [adapter = "", which = ""] = id.split("/");
    const registrations = await listClientCertificates(instance, adapter);
    if (registrations === undefined) return undefined;
    const state = isRecorded(recorded, "certificateID")
      ? recorded
      : await asRecorded(instance, identity, { adapter, which, registrations }, context);
    const current = registrations.find((each) => each.id === state?.certificateID);
    if (state === undefined || current === undefined) return undefined;
    const superseded = namesOf(supersededIn(registrations, state.mark, current.id));
    return {
      id,
      inputs: { ...inputsIn(kmipClientCertificateResource, state), instance: instance.name },
      outputs: { ...state, ...identity, superseded },
      lines: superseded.map((name) =>
        info(`${inInstance(instance.name)}: "${name}" is still registered, until a KmipAdapterClients removes it`),
      ),
    };
  },

  async update(id, olds, news, context) {
    const { instance, identity } = await identify(context, news.instance, olds);
    if (news.adapter !== olds.adapter) throw otherAdapter(instance, id, news);
    if (isFateAlone(olds, news) && context.history.of(identity.instanceID).standing !== "open") {
      return { ...olds, ...identity, onDelete: news.onDelete, adapterOnDelete: news.adapterOnDelete };
    }
    const { earlierCertificateIDs = [], certificateID } = olds;
    const earlier = [...earlierCertificateIDs, certificateID];
    return registered(instance, { ...news, mark: olds.mark ?? news.mark }, identity, context, earlier);
  },

  async delete(_id, state, context) {
    const { log, declarations, self } = context;
    // Half of a replacement: what its successor has registered bears the same mark.
    if (declarations.isDeclared(ownKey(state, self), self.identity)) return;
    const key = contentKey(state);
    if (key !== undefined && declarations.heir(key, self.identity) !== undefined) {
      log.info(`client certificate "${state.registrationName}" stays: another resource of this program declares it`);
      return;
    }
    if (state.onDelete === "keep") {
      log.info(`client certificate "${state.registrationName}" stays registered, as onDelete says`);
      return;
    }
    const { instance } = await identify(context, state.instance, state);
    await exclusivelyOn(instance, context, async () => {
      const { adapter, mark, certificateID } = state;
      const registrations = (await listClientCertificates(instance, adapter)) ?? [];
      const own = registrations.filter((each) => each.id === certificateID || isMarked(each, mark));
      if (own.length === 0) return;
      await assertRemovable(instance, state, { own, registrations }, context);
      for (const each of own) await ifThere(instance.call("deleteKmipClientCertificate", { adapter, id: each.id }));
    });
  },
};

/** The resource's own: the registration has another ID with each certificate. */
const idOf = ({ adapter, mark }: Pick<Outputs, "adapter" | "mark">): string => `${adapter}/${mark}`;

const isMarked = ({ name }: KmipClientCertificate, mark: string | undefined): boolean =>
  mark !== undefined && registrationIn(name)?.mark === mark;

const fingerprintOf = ({ certificate }: Pick<Inputs, "certificate">): string =>
  readCertificates(certificate)[0].fingerprint256;

/**
 * Registers the certificate where it is not, and waits until it can be taken for accepted.
 *
 * @param earlier IDs of registrations that the resource has had
 */
async function registered(
  instance: Instance,
  inputs: Inputs,
  identity: Identity,
  context: Context,
  earlier: readonly string[] = [],
): Promise<Outputs> {
  const { adapter } = inputs;
  const [certificate] = readCertificates(inputs.certificate);
  const registration = await exclusivelyOn(instance, context, () =>
    ownRegistration(instance, inputs, certificate, context),
  );
  // A registration that is handed over goes on under the mark that its successors are known by.
  const mark = markOfStack(registration, context.self) ?? inputs.mark;
  const outputs = (complete: boolean, superseded: readonly KmipClientCertificate[]): Outputs => ({
    ...withoutAdopt(inputs),
    ...identity,
    mark,
    certificateDescription: describeCertificate(inputs.certificate),
    certificateID: registration.id,
    registrationName: registration.name,
    fingerprint256: certificate.fingerprint256,
    createdAt: registration.created_at,
    superseded: namesOf(superseded),
    earlierCertificateIDs: without(registration.id, [...earlier, ...superseded.map(({ id }) => id)]),
    complete,
  });
  const registrations = await registrationsAt(instance, adapter, "looking for what is superseded");
  const superseded = supersededIn(registrations, mark, registration.id);
  if (await accepted(registration.created_at, inputs, context)) return outputs(true, superseded);
  const incomplete = outputs(false, superseded);
  throw new IncompleteError(idOf(incomplete), incomplete, stillPropagating(instance, registration));
}

const stillPropagating = ({ place }: Instance, { name }: KmipClientCertificate) =>
  new PropagationDeadlineError({
    attempt: `waiting until Key Protect accepts client certificate "${name}"`,
    place,
    reason: "the time that this may take is over, and Key Protect may not accept it yet",
    wayOut: ({ deadlines, apply }) => `run ${apply} again, which waits for the rest; ${deadlines} give it more time`,
  });

/** Registrations of the resource's earlier certificates. */
const supersededIn = (
  registrations: readonly KmipClientCertificate[],
  mark: string | undefined,
  current: string,
): KmipClientCertificate[] => registrations.filter((each) => each.id !== current && isMarked(each, mark));

const namesOf = (registrations: readonly KmipClientCertificate[]): string[] =>
  registrations.map(({ name }) => name).sort();

const without = (current: string, ids: readonly string[]): string[] => [
  ...new Set(ids.filter((each) => each !== current)),
];

/** The mark of a registration that this stack has made. */
function markOfStack({ name }: KmipClientCertificate, { stack }: Pick<Context["self"], "stack">): string | undefined {
  const named = registrationIn(name);
  return named?.isOfStack(stack) ? named.mark : undefined;
}

/** What a run that registered the certificate would have recorded. @param which ID of the registration, or its mark */
async function asRecorded(
  instance: Instance,
  identity: Identity,
  {
    adapter,
    which,
    registrations,
  }: { adapter: string; which: string; registrations: readonly KmipClientCertificate[] },
  { self }: Pick<Context, "self">,
): Promise<Outputs | undefined> {
  const bearers = registrations.filter((each) => each.id === which || isMarked(each, which));
  const newest = bearers.sort((some, other) => Date.parse(other.created_at) - Date.parse(some.created_at))[0];
  const whole = newest && (await findClientCertificate(instance, adapter, newest.id));
  if (whole === undefined) return undefined;
  const mark = markOfStack(whole, self);
  const [{ fingerprint256 }] = readCertificates(whole.certificate);
  return {
    ...identity,
    instance: instance.name,
    adapter,
    certificate: whole.certificate,
    certificateDescription: describeCertificate(whole.certificate),
    onDelete: "remove",
    ...(mark === undefined ? {} : { mark }),
    complete: true,
    certificateID: whole.id,
    registrationName: whole.name,
    fingerprint256,
    createdAt: whole.created_at,
    superseded: [],
    earlierCertificateIDs: without(
      whole.id,
      bearers.map(({ id }) => id),
    ),
  };
}

function withoutAdopt({ adopt: _, ...inputs }: Inputs): Omit<Inputs, "adopt"> {
  return inputs;
}

/** Whether nothing differs but what a destroy does: the registration need not be looked at for that. */
const isFateAlone = (olds: Outputs, news: Inputs): boolean =>
  (olds.onDelete !== news.onDelete || olds.adapterOnDelete !== news.adapterOnDelete) &&
  olds.complete &&
  olds.instance === news.instance &&
  propagationSeconds(olds) === propagationSeconds(news) &&
  sameChains(olds.certificate, news.certificate);

/** Says what a destroy will do where that changes: it obeys state, and not a program that was never applied. */
const fate = (olds: Outputs, { onDelete, instance }: Inputs): Line[] =>
  olds.onDelete === onDelete
    ? []
    : [info(`${inInstance(instance)}: a destroy will ${onDelete === "keep" ? "leave" : "remove"} this registration`)];

/** Says what an update will do, and to whom. */
function foreseen(olds: Outputs, news: Inputs, isOther: boolean): Line[] {
  const place = inInstance(news.instance);
  if (!isOther) {
    return olds.complete
      ? []
      : [announcement(`${place}: will wait until Key Protect can be taken to accept the certificate`)];
  }
  const certificate = isUnknown(news.certificate)
    ? "a certificate that is not known yet"
    : inWords(describeCertificate(news.certificate));
  return [
    announcement(`${place}: will register ${certificate}, and wait until Key Protect accepts it`),
    info(`${place}: "${olds.registrationName}" stays registered until a KmipAdapterClients removes it`),
  ];
}

/** What was not known in the preview is refused where it is known. */
const otherAdapter = ({ place }: Instance, id: string, { adapter }: Inputs) =>
  new ReplacementRefusedError({
    attempt: `moving the registration ${id} to KMIP adapter ${adapter}`,
    place,
    reason: "a certificate stands once in a region, and the adapter was not known when this was planned",
    wayOut: ({ apply }) => `run ${apply} again: it is taken from the one adapter and registered at the other`,
  });
