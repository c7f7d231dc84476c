import { randomBytes } from "node:crypto";
import { wasRemoved } from "../../../connections/removal";
import { IncompleteError } from "../../../core/errors";
import { type Context, driftMark, type Lifecycle } from "../../../core/lifecycle";
import { EqualObjectExistsError, ObjectNotFoundError } from "../../../core/object-errors";
import { resolveName, takenOver } from "../../../core/ownership";
import { announcement, differences, info, type Line } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { isSealOf, seal } from "../../../core/seal";
import { holdsUnknown, isUnknown } from "../../../core/unknown";
import { describeCertificate } from "../../../pki";
import { isThere } from "../api/errors";
import type { Vcenter } from "../api/vcenter";
import type { KeyProvider } from "../observed/key-providers";
import { fingerprintOf, samePins } from "../observed/pins";
import { idOf, providerIn } from "../observed/reference";
import { completed, sameServers, serverChanges, serverInWords } from "../observed/servers";
import { vsphere } from "../system";
import { checkVcenter, exclusivelyOn, type Identity, identify, identifyForRead, inVcenter } from "../vcenter";
import { checkDeclaredOnce, checkReplacement, providerKey, replacing } from "./check";
import type { Family, ProviderInputs, ProviderOutputs } from "./family";
import { noteCreation, removeLeftovers } from "./leftovers";
import { type Providers, providersOn } from "./referenced";
import { type Presentation, presentation } from "./server-certificates";
import { accessOf, declaredProvider, isSameProxy } from "./settings";
import { synchronised, type Target } from "./synchronise";

type Inputs = ProviderInputs;
type Outputs = ProviderOutputs;

/** How a key provider of either kind comes to be, changes and goes. */
export const providerLifecycle = (family: Family): Lifecycle<Inputs, Outputs> => ({
  async check(olds, news, context) {
    const given = { ...news, ...resolveName(olds, news, context), serversTrusted: true };
    const inputs = withDefaults(family.description, family.filled(given)) as Inputs;
    const wrong = [...checkArguments(family.description, inputs), ...checkVcenter(inputs, context)];
    if (wrong.length > 0) return { inputs, failures: wrong, lines: [] };
    const { failures, lines } = family.examine(olds, inputs);
    if (failures.length > 0) return { inputs, failures, lines };
    const again = checkDeclaredOnce(inputs, context);
    if (again.length > 0) return { inputs, failures: again, lines };
    const what = `the key provider "${inputs.name}"`;
    return {
      inputs,
      failures: await checkReplacement(family, olds, inputs, context),
      lines: [...lines, ...takenOver(inVcenter(inputs.vcenter), what, olds, inputs)],
    };
  },

  async diff(_id, olds, news, context) {
    const { name, trustAuthorityCluster } = olds;
    const find = (vcenter: Vcenter) => providersOn(vcenter, trustAuthorityCluster).looks.find(name);
    if (await wasRemoved(vsphere, olds, find, context)) {
      return { differing: ["name"], replaces: ["name"], lines: [] };
    }
    const replaces = replacing(family, olds, news);
    const isReplaced = (name: string) => replaces.includes(name);
    const differing = differences({
      name: isUnknown(news.name) || isReplaced("name"),
      vcenter: olds.vcenter !== news.vcenter,
      servers: holdsUnknown(news.servers) || !sameServers(olds.servers, news.servers),
      trustedServers: holdsUnknown(news.trustedServers) || !samePins(olds.trustedServers, news.trustedServers),
      username: olds.username !== news.username,
      proxy: !isSameProxy(olds.proxy, news.proxy),
      connectionTimeout: olds.connectionTimeout !== news.connectionTimeout,
      password: isOtherPassword(olds, news),
      passwordVersion: olds.passwordVersion !== news.passwordVersion,
      serversTrusted: !olds.serversTrusted,
      ...family.differing(olds, news),
    });
    return { differing, replaces, lines: replaces.length > 0 ? [replacement(olds, news)] : foreseen(olds, news) };
  },

  async create(inputs, context) {
    const { vcenter, identity } = await identify(context, inputs.vcenter);
    const providers = providersOn(vcenter, inputs.trustAuthorityCluster);
    return exclusivelyOn(vcenter, context, async () => {
      const { provider, isPasswordDue } = await own(family, vcenter, providers, inputs, context);
      const { name } = provider;
      const id = idOf({ ...inputs, name }, randomBytes(4).toString("hex"));
      const target = { vcenter, providers, isPasswordDue };
      return { id, outputs: await completedBy(family, target, provider, { ...inputs, name }, { identity, id }) };
    });
  },

  async read(id, state, context) {
    const { vcenter, identity } = await identifyForRead(context, state);
    const { name, trustAuthorityCluster } = providerIn(id);
    const providers = providersOn(vcenter, trustAuthorityCluster);
    const provider = await providers.looks.find(name);
    if (provider === undefined) return undefined;
    const trusted = await providers.looks.trustedCertificates(provider);
    const trustedServers = spelledPins(state.trustedServers ?? [], trusted);
    const found = await presentation(providers, provider, state.trustedServers ?? trustedServers);
    const inputs = observedInputs(vcenter, provider, state, trustedServers);
    const serversTrusted = found.untrusted.length === 0 && found.strangers.length === 0;
    const where = trustAuthorityCluster === undefined ? {} : { trustAuthorityCluster };
    const filled = withDefaults(family.description, { ...inputs, ...where } as never) as Inputs & { name: string };
    const current = { ...filled, serversTrusted };
    const { sealedPassword } = state;
    const sealed = sealedPassword === undefined ? {} : { sealedPassword };
    return { id, inputs: current, outputs: { ...current, ...identity, ...presented(found), ...sealed } };
  },

  async update(id, olds, news, context) {
    const { vcenter, identity } = await identify(context, news.vcenter, olds);
    const providers = providersOn(vcenter, olds.trustAuthorityCluster);
    return exclusivelyOn(vcenter, context, async () => {
      const provider = await providers.looks.find(olds.name);
      if (provider === undefined) throw gone(vcenter, olds);
      const isPasswordDue = isOtherPassword(olds, news) || olds.passwordVersion !== news.passwordVersion;
      const target = { vcenter, providers, isPasswordDue };
      return completedBy(family, target, provider, { ...news, name: olds.name }, { identity, id });
    });
  },

  async delete(_id, state, context) {
    const { vcenter } = await identify(context, state.vcenter, state);
    const { name } = state;
    await removeLeftovers(vcenter, state, context);
    if (context.declarations.heir(providerKey(state), context.self.identity) !== undefined) return;
    if (family.isKept(state)) {
      context.log.info(`key provider "${name}" stays as it is, as onDelete says`);
      return;
    }
    const { looks, changes } = providersOn(vcenter, state.trustAuthorityCluster);
    await exclusivelyOn(vcenter, context, async () => {
      if ((await looks.find(name)) === undefined) return;
      await family.assertUnused(vcenter, state, `deleting key provider "${name}"`, context);
      await changes.remove(name);
    });
  },
});

/** The provider that bears this resource's mark, the one to adopt, or a new one with its first server. */
async function own(
  family: Family,
  vcenter: Vcenter,
  { looks, changes }: Providers,
  { adopt, autoName, ...inputs }: Inputs,
  context: Context,
): Promise<{ provider: KeyProvider; isPasswordDue: boolean }> {
  const { self } = context;
  const { name = self.name, password } = inputs;
  const found = await looks.find(name);
  if (found !== undefined) {
    if (adopt !== undefined || autoName === name) return { provider: found, isPasswordDue: password !== undefined };
    throw new EqualObjectExistsError({
      attempt: `creating key provider "${self.name}"`,
      place: vcenter.place,
      reason: `there is a key provider "${name}", and an exact name leaves no mark that tells whose it is`,
      wayOut: 'set adopt to "match" to take it over, or give another name',
    });
  }
  if (adopt !== undefined) {
    throw new ObjectNotFoundError({
      attempt: `adopting key provider "${self.name}"`,
      place: vcenter.place,
      reason: `there is no key provider "${name}"`,
      wayOut: "declare the name of one that is there, or leave adopt out, and one is made",
    });
  }
  const declared = declaredProvider(name, inputs);
  // It is looked at before the others come to it.
  const provider = { ...declared, servers: declared.servers.slice(0, 1) };
  // What is to be kept is no leftover.
  if (autoName === name && !family.isKept(inputs)) await noteCreation(vcenter, { ...inputs, name }, context);
  try {
    await changes.create(provider, password);
  } catch (error) {
    if (!isThere(error)) throw error;
    throw new EqualObjectExistsError({
      attempt: `creating key provider "${self.name}"`,
      place: vcenter.place,
      reason: `there is a key provider "${name}" of another kind, and names are unique on a vCenter (${error.vendorName})`,
      wayOut: "give another name",
    });
  }
  return { provider, isPasswordDue: false };
}

/** A provider whose servers are not all trusted stays in state: the next run goes on with it. */
async function completedBy(
  family: Family,
  target: Target,
  provider: KeyProvider,
  inputs: Inputs & { name: string },
  { identity, id }: { identity: Identity; id: string },
): Promise<Outputs> {
  const { name, password } = inputs;
  const known = { ...withoutUnseen(inputs), ...identity, name };
  try {
    family.assertChangeable(provider, inputs, target.vcenter);
    const found = await synchronised(target, provider, inputs);
    const sealed = password === undefined ? {} : { sealedPassword: seal({ password }) };
    return { ...known, ...presented(found), ...sealed, serversTrusted: true };
  } catch (error) {
    // Whether vCenter has been given the password is not known then: without the seal, the next run gives it again.
    const outputs = { ...known, presentedCertificates: [], unreachableServers: [], serversTrusted: false };
    throw new IncompleteError(id, outputs, error as Error);
  }
}

function withoutUnseen(inputs: Inputs) {
  const { adopt: _adopt, password: _password, primaryKeyChange: _change, drifted: _drifted, ...seen } = inputs;
  return seen;
}

const presented = ({ all, unreachable }: Presentation) => ({
  presentedCertificates: all.flatMap(({ certificate }) =>
    certificate === undefined ? [] : [describeCertificate(certificate)],
  ),
  unreachableServers: unreachable.map(({ server }) => server),
});

/** The declared list, with whatever vCenter trusts beside it. */
function spelledPins(pins: readonly string[], trusted: readonly string[]): string[] {
  const declared = new Set(pins.map(fingerprintOf));
  const others = trusted.map((pem) => String(fingerprintOf(pem))).filter((each) => !declared.has(each));
  return [...pins, ...new Set(others)];
}

/** The inputs that would describe a provider as it was found, in the declared spelling where that means the same. */
function observedInputs(
  vcenter: Vcenter,
  provider: KeyProvider,
  state: Partial<Outputs>,
  trustedServers: string[],
): Inputs & { name: string } {
  const { name, description, primaryKey: primaryKeyID } = provider;
  const { userName: username, proxy, connectionTimeout } = accessOf(provider, state);
  const servers = provider.servers.map(({ name: own, hostname, port }) => ({ name: own, hostname, port }));
  const { autoName, passwordVersion, onDelete, workloadVcenters, defaults } = state;
  const isSameList = state.servers !== undefined && sameServers(state.servers, servers);
  const found = {
    username,
    proxy: isSameProxy(proxy, state.proxy) ? state.proxy : proxy,
    connectionTimeout,
    description: description || undefined,
    primaryKeyID,
    passwordVersion,
    autoName: autoName === name ? autoName : undefined,
    onDelete,
    workloadVcenters,
    defaults,
  };
  const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  const isOtherKey = state.primaryKeyID !== undefined && state.primaryKeyID !== primaryKeyID;
  return {
    ...known,
    ...driftMark(state, isOtherKey),
    vcenter: vcenter.name,
    name,
    servers: isSameList ? (state.servers ?? []) : servers,
    trustedServers,
  };
}

/** The password itself is in no state. */
const isOtherPassword = ({ sealedPassword }: Pick<Outputs, "sealedPassword">, { password }: Inputs): boolean =>
  password !== undefined && (isUnknown(password) || !isSealOf(sealedPassword, { password }));

function foreseen(olds: Outputs, news: Inputs): Line[] {
  if (holdsUnknown(news.servers)) return [];
  const { added, moved, removed } = serverChanges(olds.servers.map(completed), news.servers.map(completed));
  const place = inVcenter(news.vcenter);
  const line = (verb: string, servers: typeof added) =>
    servers.map((server) => announcement(`${place}: will ${verb} key server ${serverInWords(server)}`));
  return [
    ...line("add", added),
    ...line("change the address of", moved),
    ...line("remove", removed),
    ...(olds.unreachableServers.length > 0
      ? [
          info(
            `${place}: could not reach ${olds.unreachableServers.map((name) => `"${name}"`).join(", ")} at the last look`,
          ),
        ]
      : []),
  ];
}

const replacement = (olds: Outputs, news: Inputs): Line =>
  announcement(
    `${inVcenter(news.vcenter)}: key provider "${olds.name}" is deleted, if nobody uses it by then, and another one made`,
  );

const gone = ({ place }: Vcenter, { name }: Outputs) =>
  new ObjectNotFoundError({
    attempt: `updating key provider "${name}"`,
    place,
    reason: "vCenter has no key provider of this name any more",
    wayOut: ({ refreshAndApply }) =>
      `run ${refreshAndApply}: it is made anew, with a new client certificate, which the key server has to learn`,
  });
