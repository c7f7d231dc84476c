import { IncompleteError } from "../../../core/errors";
import { type Context, type Lifecycle, spelledAs } from "../../../core/lifecycle";
import { announcement, differences, type Line, warning } from "../../../core/plan";
import { withDefaults } from "../../../core/resource/description";

import { holdsUnknown, isUnknown } from "../../../core/unknown";
import { describeCertificate, describeKnown, inWords } from "../../../pki";
import type { Vcenter } from "../api/vcenter";
import { foreseenRemovals, removeLeftovers } from "../key-providers/leftovers";
import { checkMove, isOtherProvider, referenced } from "../key-providers/referenced";
import { assertNobodyUses } from "../key-providers/usage";
import { healthInWords } from "../observed/health";
import { isHealthy, type ProviderHealth } from "../observed/key-providers";
import { samePins } from "../observed/pins";
import { existing, idOf, providerIn } from "../observed/reference";
import { sameServers } from "../observed/servers";
import { exclusivelyOn, type Identity, identify, identifyForRead, inVcenter } from "../vcenter";
import { isSame, useCertificate } from "./certificate-in-use";
import { examine } from "./check";
import { settledHealth, unhealthy } from "./health";
import { type KeyProviderTrustInputs, type KeyProviderTrustOutputs, keyProviderTrustResource } from "./resource";

type Inputs = KeyProviderTrustInputs;
type Outputs = KeyProviderTrustOutputs;

export const keyProviderTrust: Lifecycle<Inputs, Outputs> = {
  async check(olds, news, context) {
    const filled = withDefaults(keyProviderTrustResource, news);
    const inputs = filled.waitFor === "none" ? filled : { ...filled, healthy: true };
    const { failures, lines } = examine(olds, inputs, context);
    if (failures.length > 0) return { inputs, failures, lines };
    const { certificate } = inputs;
    const described =
      certificate === undefined
        ? inputs
        : { ...inputs, certificateDescription: describeKnown(certificate, describeCertificate) };
    if (!isUnknown(inputs.keyProvider)) context.declarations.declare(trustKey(inputs), context.self.identity);
    return { inputs: described, failures: await checkMove(olds, inputs, context), lines };
  },

  async diff(_id, olds, news, context) {
    const isOther = isOtherProvider(olds, news);
    const removals = isLast(olds) ? foreseenRemovals(olds, context) : [];
    return {
      differing: differences({
        keyProvider: isUnknown(news.keyProvider) || isOther,
        vcenter: olds.vcenter !== news.vcenter,
        certificate: isOtherCertificate(olds, news),
        waitFor: olds.waitFor !== news.waitFor,
        healthy: news.healthy === true && (olds.healthy !== true || hasUnseen(olds, news)),
        providerServers: !isKept(olds.providerServers, news.providerServers, sameServers),
        providerPins: !isKept(olds.providerPins, news.providerPins, samePins),
        // Leftovers are no part of this resource. It differs because its update is what removes them.
        leftovers: removals.length > 0,
      }),
      replaces: isOther ? ["keyProvider"] : [],
      lines: [...(isOther ? [] : foreseen(olds, news)), ...removals],
    };
  },

  async create(inputs, context) {
    const { vcenter, identity } = await identify(context, inputs.vcenter);
    const outputs = await trusted(vcenter, inputs, identity, context);
    if (isLast(inputs)) await removeLeftovers(vcenter, identity, context);
    return { id: inputs.keyProvider, outputs };
  },

  async read(id, state, context) {
    const { vcenter, identity } = await identifyForRead(context, state);
    const { keyProvider = id, waitFor = "healthy" } = state;
    const target = referenced(vcenter, keyProvider);
    const { looks, name } = target;
    const provider = await looks.find(name);
    if (provider === undefined) return undefined;
    const observed = await looks.clientCertificate(name);
    const health = await looks.health(provider);
    const { healthy: _healthy, certificate: declared, certificateDescription: _words, ...kept } = inputsOf(state);
    const certificate =
      observed === undefined || (declared === undefined && "certificate" in state)
        ? undefined
        : spelledAs(declared, observed, isSame);
    const inputs: Inputs = {
      ...kept,
      vcenter: vcenter.name,
      keyProvider,
      waitFor,
      ...(certificate === undefined ? {} : { certificate, certificateDescription: describeCertificate(certificate) }),
      ...(waitFor === "none" ? {} : { healthy: isHealthy(health) }),
    };
    return { id, inputs, outputs: outputsOf(inputs, identity, health) };
  },

  async update(_id, olds, news, context) {
    const { vcenter, identity } = await identify(context, news.vcenter, olds);
    const outputs = await trusted(vcenter, news, identity, context);
    if (isLast(news)) await removeLeftovers(vcenter, identity, context);
    return outputs;
  },

  async delete(_id, state, context) {
    const { declarations, self } = context;
    // Its successor is about the same provider, in whatever incarnation.
    const key = trustKey(state);
    if (declarations.isDeclared(key, self.identity) || declarations.heir(key, self.identity) !== undefined) return;
    const { name, trustAuthorityCluster } = providerIn(state.keyProvider);
    if (trustAuthorityCluster !== undefined) return;
    const { vcenter } = await identify(context, state.vcenter, state);
    if ((await referenced(vcenter, state.keyProvider).looks.find(name)) === undefined) return;
    await assertNobodyUses(vcenter, name, {
      attempt: `giving up the trust between key provider "${name}" and its key servers`,
      wayOut: "run again",
    });
  },
};

/** No default comes after the trust in a trusted provider. */
const isLast = ({ keyProvider }: Pick<Inputs, "keyProvider">): boolean =>
  providerIn(keyProvider).trustAuthorityCluster !== undefined;

const trustKey = ({ vcenter, keyProvider }: Pick<Inputs, "vcenter" | "keyProvider">): string =>
  `trust of key provider ${idOf(providerIn(keyProvider), undefined)} on vCenter ${vcenter}`;

/** @throws IncompleteError where it does not become healthy in time: the next run goes on waiting */
async function trusted(vcenter: Vcenter, inputs: Inputs, identity: Identity, context: Context): Promise<Outputs> {
  const target = referenced(vcenter, inputs.keyProvider);
  const provider = await exclusivelyOn(vcenter, context, async () => {
    const found = await existing(
      vcenter,
      inputs.keyProvider,
      `giving key provider "${target.name}" its client certificate`,
    );
    await useCertificate(vcenter, target, inputs);
    return found;
  });
  if (inputs.waitFor === "none") return outputsOf(inputs, identity, await target.looks.health(provider));
  const health = await settledHealth(target, provider, context);
  const outputs = outputsOf({ ...inputs, healthy: isHealthy(health) }, identity, health);
  if (isHealthy(health)) return outputs;
  throw new IncompleteError(inputs.keyProvider, outputs, unhealthy(vcenter, target, health));
}

function inputsOf(state: Partial<Outputs>): Partial<Inputs> {
  const {
    stateVersion: _form,
    vcenterUuid: _uuid,
    tlsVerification: _tls,
    health: _health,
    serverHealth: _servers,
    ...inputs
  } = state;
  return inputs;
}

function outputsOf(inputs: Inputs, identity: Identity, { health, servers }: ProviderHealth): Outputs {
  const { privateKey: _key, ...kept } = inputs;
  return { ...kept, ...identity, health, serverHealth: servers };
}

function isOtherCertificate({ certificate: olds }: Outputs, { certificate: news }: Inputs): boolean {
  if (news === undefined || olds === undefined) return news !== olds;
  return isUnknown(news) || !isSame(olds, news);
}

/** Of what another resource declares, which may not be in the program. */
const isKept = <T>(olds: T[] | undefined, news: T[] | undefined, same: (some: T[], others: T[]) => boolean): boolean =>
  news === undefined ? true : !holdsUnknown(news) && olds !== undefined && same(olds, news);

/** A server that somebody had removed is registered again, and nobody knows how vCenter and it get on. */
const hasUnseen = ({ serverHealth }: Outputs, { providerServers: servers }: Inputs): boolean =>
  servers !== undefined && !holdsUnknown(servers) && serverHealth.length < servers.length;

function foreseen(olds: Outputs, news: Inputs): Line[] {
  const place = inVcenter(news.vcenter);
  const { name } = providerIn(news.keyProvider);
  const { certificate } = news;
  const lines: Line[] = [];
  if (certificate !== undefined && isOtherCertificate(olds, news)) {
    const which = isUnknown(certificate)
      ? "a certificate that is not known yet"
      : inWords(describeCertificate(certificate));
    lines.push(
      announcement(
        `${place}: key provider "${name}" will present ${which} in the place of the one in use, which cannot be brought back where vCenter has made its key`,
      ),
    );
  }
  if (news.healthy === true && olds.healthy !== true) {
    const health = { health: olds.health, details: [], servers: olds.serverHealth };
    lines.push(warning(`${place}: key provider "${name}" is not healthy: ${healthInWords(health)}`));
  } else if (news.healthy === true && hasUnseen(olds, news)) {
    lines.push(announcement(`${place}: will wait until vCenter finds every server of key provider "${name}" healthy`));
  }
  return lines;
}
