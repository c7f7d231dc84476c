import { isDeepStrictEqual } from "node:util";
import type { Context, Lifecycle } from "../../../core/lifecycle";
import { ObjectNotFoundError } from "../../../core/object-errors";
import { announcement, differences, type Line, warning } from "../../../core/plan";
import { checkArguments, inputsIn, withDefaults } from "../../../core/resource/description";
import { holdsUnknown, isUnknown } from "../../../core/unknown";
import type { Instance } from "../api/instance";
import type { KmipClientCertificate } from "../api/types";
import { UndeclaredCertificateError } from "../errors";
import { checkInstance, exclusivelyOn, type Identity, identify, identifyForRead, inInstance } from "../instance";
import { foreseenRemovals, removeLeftovers } from "../leftovers";
import { registrationIn } from "../marks";
import { ifThere, listClientCertificates } from "../observed/kmip-adapters";
import { supersededIn } from "../observed/superseded";
import { type KmipAdapterClientsInputs, type KmipAdapterClientsOutputs, kmipAdapterClientsResource } from "./resource";

type Inputs = KmipAdapterClientsInputs;
type Outputs = KmipAdapterClientsOutputs;

export const kmipAdapterClients: Lifecycle<Inputs, Outputs> = {
  async check(_olds, news, context) {
    const inputs = { ...withDefaults(kmipAdapterClientsResource, news), undeclared: [] };
    const failures = [...checkArguments(kmipAdapterClientsResource, inputs), ...checkInstance(inputs, context)];
    return { inputs, failures, lines: [] };
  },

  async diff(_id, olds, news, context) {
    const isMoved = !isUnknown(news.adapter) && news.adapter !== olds.adapter;
    const removals = foreseenRemovals(olds, context);
    return {
      differing: differences({
        adapter: isUnknown(news.adapter) || isMoved,
        instance: olds.instance !== news.instance,
        clientCertificates:
          holdsUnknown(news.clientCertificates) || !isSameSet(olds.clientCertificates, news.clientCertificates),
        others: !isSameSet(olds.others ?? [], news.others ?? []),
        undeclared: olds.undeclared.length > 0,
        superseded: olds.superseded.length > 0,
        supersededRegistrations: isMore(olds.supersededRegistrations, news.supersededRegistrations),
        // Leftovers are no part of this resource. It differs because its update is what removes them.
        leftovers: removals.length > 0,
      }),
      replaces: isMoved ? ["adapter"] : [],
      lines: [...(isMoved ? [] : foreseen(olds, news)), ...removals],
    };
  },

  async create(inputs, context) {
    const { instance, identity } = await identify(context, inputs.instance);
    return { id: inputs.adapter, outputs: await cleared(instance, inputs, identity, context) };
  },

  async read(id, state, context) {
    const { instance, identity } = await identifyForRead(context, state);
    const registrations = await listClientCertificates(instance, id);
    if (registrations === undefined) return undefined;
    const ids = registrations.map((each) => each.id);
    const clientCertificates = state.clientCertificates?.filter((each) => ids.includes(each)) ?? ids;
    const { undeclared } = sorted(registrations, { ...state, clientCertificates }, context.self.stack);
    const inputs: Inputs = {
      ...inputsIn(kmipAdapterClientsResource, state),
      instance: instance.name,
      adapter: id,
      clientCertificates,
      undeclared: names(undeclared),
    };
    return {
      id,
      inputs,
      outputs: {
        ...inputs,
        ...identity,
        undeclared: names(undeclared),
        superseded: followed(registrations, clientCertificates),
      },
    };
  },

  async update(_id, olds, news, context) {
    const { instance, identity } = await identify(context, news.instance, olds);
    return cleared(instance, news, identity, context);
  },

  // What it lists is removed by the resources that have registered it.
  async delete() {},
};

/**
 * Removes what is superseded, once nobody is found who should not be there.
 *
 * @throws UndeclaredCertificateError
 */
function cleared(instance: Instance, inputs: Inputs, identity: Identity, context: Context): Promise<Outputs> {
  const { adapter, clientCertificates, others = [] } = inputs;
  return exclusivelyOn(instance, context, async () => {
    await removeLeftovers(instance, identity, { adapter, declared: [...clientCertificates, ...others] }, context);
    const registrations = await listClientCertificates(instance, adapter);
    if (registrations === undefined) throw adapterGone(instance, adapter);
    const { superseded, undeclared } = sorted(registrations, inputs, context.self.stack);
    if (undeclared.length > 0) throw undeclaredAt(instance, adapter, undeclared);
    for (const { id, name } of superseded) {
      await ifThere(instance.call("deleteKmipClientCertificate", { adapter, id }));
      context.log.info(`removed "${name}": another certificate of the same client follows it`);
    }
    return { ...inputs, ...identity, undeclared: [], superseded: [] };
  });
}

/**
 * Names of registrations that another one of the same client follows. A run that was cut off may have renewed the certificate
 * that state lists: dates tell what the list does not.
 */
function followed(registrations: readonly KmipClientCertificate[], clientCertificates: readonly string[]): string[] {
  const markIn = ({ name }: KmipClientCertificate) => registrationIn(name)?.mark;
  const listed = registrations.filter(({ id }) => clientCertificates.includes(id)).map(markIn);
  return names(supersededIn(registrations).filter((each) => listed.includes(markIn(each))));
}

/** Which registrations a renewal has left behind, and which are anybody's. */
function sorted(
  registrations: readonly KmipClientCertificate[],
  { clientCertificates, others = [] }: Pick<Inputs, "clientCertificates" | "others">,
  stack: string,
): { superseded: KmipClientCertificate[]; undeclared: KmipClientCertificate[] } {
  const isListed = ({ id }: KmipClientCertificate) => clientCertificates.includes(id);
  const marks = new Set(registrations.filter(isListed).map(({ name }) => registrationIn(name)?.mark));
  marks.delete(undefined);
  const rest = registrations.filter(
    (each) => !isListed(each) && !others.includes(each.id) && !others.includes(each.name),
  );
  return {
    superseded: rest.filter(({ name }) => marks.has(registrationIn(name)?.mark)),
    undeclared: rest.filter(({ name }) => !registrationIn(name)?.isOfStack(stack)),
  };
}

const names = (registrations: readonly KmipClientCertificate[]): string[] =>
  registrations.map(({ name }) => name).sort();

/** A run that was cut off may have left a registration that a certificate tells of, where nothing else is another one. */
const isMore = (olds: readonly string[] = [], news: readonly string[] = []): boolean =>
  holdsUnknown(news) || isUnknown(news) || news.some((name) => !olds.includes(name));

const isSameSet = (some: readonly string[], others: readonly string[]): boolean =>
  isDeepStrictEqual([...some].sort(), [...others].sort());

function foreseen(olds: Outputs, news: Inputs): Line[] {
  const place = inInstance(news.instance);
  return [
    ...olds.superseded.map((name) =>
      announcement(`${place}: will remove "${name}", which another certificate of the same client follows`),
    ),
    ...(holdsUnknown(news.clientCertificates)
      ? [
          announcement(
            `${place}: will remove the registrations that are superseded by then, once their clients have the new certificates`,
          ),
        ]
      : []),
    ...(olds.undeclared.length > 0
      ? [
          warning(
            `${place}: will be refused: nobody has declared ${olds.undeclared.map((name) => `"${name}"`).join(", ")}`,
          ),
        ]
      : []),
  ];
}

function undeclaredAt({ place }: Instance, adapter: string, undeclared: readonly KmipClientCertificate[]) {
  const shown = undeclared.map(({ id, name, created_at }) => `"${name}" (${id}, since ${created_at})`).join(", ");
  return new UndeclaredCertificateError({
    attempt: `looking at the clients of KMIP adapter ${adapter}`,
    place,
    reason: `registered is ${shown}, which nobody has declared, and whoever has its private key reads every key of the adapter`,
    wayOut: "find out whose it is: remove it in the instance's console, or name it in others",
  });
}

const adapterGone = ({ place }: Instance, adapter: string) =>
  new ObjectNotFoundError({
    attempt: `looking at the clients of KMIP adapter ${adapter}`,
    place,
    reason: "the instance has no such adapter any more",
    wayOut: ({ refreshAndApply }) => `run ${refreshAndApply}`,
  });
