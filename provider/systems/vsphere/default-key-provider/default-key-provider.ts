import { isConnectionKnown } from "../../../connections/configured";
import type { CheckFailure, Context, Lifecycle, Looking } from "../../../core/lifecycle";
import { isNew, takenOver } from "../../../core/ownership";
import { announcement, differences, type Line } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import type { Vcenter } from "../api/vcenter";
import { KeyProviderUnhealthyError } from "../errors";
import { healthInWords, isHealthy } from "../key-provider-trust/health";
import { providerIn, sameProvider } from "../key-providers/reference";
import { existing, referenced } from "../key-providers/referenced";
import { entityIn, defaultKeyProvider as present } from "../observed/default-provider";
import { setDefaultKeyProvider } from "../standard-changes";
import { vsphere } from "../system";
import { checkVcenter, exclusivelyOn, type Identity, identify, identifyForRead, inVcenter } from "../vcenter";
import { type DefaultKeyProviderInputs, type DefaultKeyProviderOutputs, defaultKeyProviderResource } from "./resource";

type Inputs = DefaultKeyProviderInputs;
type Outputs = DefaultKeyProviderOutputs;

export const defaultKeyProvider: Lifecycle<Inputs, Outputs> = {
  async check(olds, news, context) {
    const filled = withDefaults(defaultKeyProviderResource, news);
    const failures = [
      ...checkArguments(defaultKeyProviderResource, filled),
      ...checkVcenter(filled, context),
      ...checkDeclaredOnce(filled, context),
    ];
    if (failures.length > 0) return { inputs: filled, failures, lines: [] };
    const inputs = { ...filled, previous: await previousOf(olds, filled, context) };
    const lines = takenOver(inVcenter(inputs.vcenter), "the default key provider", olds, inputs);
    return { inputs, failures, lines };
  },

  async diff(_id, olds, news) {
    const isOtherEntity = !isUnknown(news.entity) && olds.entity !== news.entity;
    const isOther = isUnknown(news.keyProvider) || !sameProvider(olds.keyProvider, news.keyProvider);
    return {
      differing: differences({
        keyProvider: isOther || olds.keyProvider !== news.keyProvider,
        vcenter: olds.vcenter !== news.vcenter,
        entity: isUnknown(news.entity) || isOtherEntity,
      }),
      replaces: isOtherEntity ? ["entity"] : [],
      lines: isOther && !isOtherEntity ? [foreseen(olds, news)] : [],
    };
  },

  async create(inputs, context) {
    const { vcenter, identity } = await identify(context, inputs.vcenter);
    await makeDefault(vcenter, inputs, context);
    return { id: inputs.entity ?? identity.vcenterUuid, outputs: outputsOf(inputs, identity) };
  },

  async read(id, state, context) {
    const { vcenter, identity } = await identifyForRead(context, state);
    const entity = state.entity ?? (id.includes(":") ? id : undefined);
    const name = await present(vcenter, entityIn(entity));
    if (name === undefined) return undefined;
    const { keyProvider: declared, previous } = state;
    const isDeclared = declared !== undefined && providerIn(declared).name === name;
    const inputs: Inputs = {
      vcenter: vcenter.name,
      keyProvider: isDeclared ? declared : name,
      ...(entity === undefined ? {} : { entity }),
      ...(previous === undefined ? {} : { previous }),
    };
    return { id, inputs, outputs: outputsOf(inputs, identity) };
  },

  async update(_id, olds, news, context) {
    const { vcenter, identity } = await identify(context, news.vcenter, olds);
    await makeDefault(vcenter, news, context);
    return outputsOf({ ...news, previous: olds.previous }, identity);
  },

  async delete(_id, state, context) {
    if (context.declarations.heir(defaultKey(state), context.self.identity) !== undefined) return;
    const { vcenter } = await identify(context, state.vcenter, state);
    const { entity, previous, keyProvider } = state;
    const { name } = providerIn(keyProvider);
    await exclusivelyOn(vcenter, context, async () => {
      if ((await present(vcenter, entityIn(entity))) !== name) return;
      const successor =
        previous !== undefined && previous !== name && (await isUsable(vcenter, previous)) ? previous : undefined;
      await setDefaultKeyProvider(vcenter, entityIn(entity), successor);
      const text = successor === undefined ? "there is none now" : `"${successor}" is the default again`;
      context.log.info(`key provider "${name}" is no default any more: ${text}`);
    });
  },
};

const defaultKey = ({ vcenter, entity = "itself" }: Pick<Inputs, "vcenter" | "entity">): string =>
  `default key provider of ${entity} on vCenter ${vcenter}`;

function checkDeclaredOnce(inputs: Inputs, { declarations, self, inWords }: Looking): CheckFailure[] {
  if (isUnknown(inputs.vcenter) || isUnknown(inputs.entity)) return [];
  const other = declarations.declare(defaultKey(inputs), self.identity);
  if (other === undefined) return [];
  return [
    { property: "keyProvider", reason: `there is one default, and ${inWords(other)} already declares it: remove one` },
  ];
}

/** The default before the first create; the engine checks a replacement a second time, as if it were new. */
async function previousOf(olds: Partial<Inputs>, news: Inputs, context: Looking): Promise<string | undefined> {
  const { vcenter: name, entity, keyProvider } = news;
  if (!isNew(olds)) return olds.previous;
  if (isUnknown(name) || isUnknown(entity) || !isConnectionKnown(vsphere, name, context)) return undefined;
  const { vcenter } = await identify(context, name);
  const found = await present(vcenter, entityIn(entity));
  return !isUnknown(keyProvider) && providerIn(keyProvider).name === found ? undefined : found;
}

/** @throws KeyProviderUnhealthyError, for keys could not be made: nothing is changed then */
async function makeDefault(vcenter: Vcenter, { keyProvider, entity }: Inputs, context: Context): Promise<void> {
  const target = referenced(vcenter, keyProvider);
  const { name, looks } = target;
  const attempt = `making key provider "${name}" the default`;
  await exclusivelyOn(vcenter, context, async () => {
    if ((await present(vcenter, entityIn(entity))) === name) return;
    const health = await looks.health(await existing(vcenter, target, attempt));
    if (!isHealthy(health)) {
      throw new KeyProviderUnhealthyError({
        attempt,
        place: vcenter.place,
        reason: healthInWords(health),
        wayOut: "give the vsphere.KeyProviderTrust of the provider as keyProvider, which waits until it is healthy",
      });
    }
    await setDefaultKeyProvider(vcenter, entityIn(entity), name);
  });
}

async function isUsable(vcenter: Vcenter, name: string): Promise<boolean> {
  const { looks } = referenced(vcenter, name);
  const provider = await looks.find(name);
  return provider !== undefined && isHealthy(await looks.health(provider));
}

function outputsOf(inputs: Inputs, identity: Identity): Outputs {
  const { adopt: _adopt, ...kept } = inputs;
  return { ...kept, ...identity };
}

const foreseen = (olds: Outputs, { vcenter, keyProvider }: Inputs): Line => {
  const wanted = isUnknown(keyProvider) ? "a provider that is not known yet" : `"${providerIn(keyProvider).name}"`;
  return announcement(
    `${inVcenter(vcenter)}: will make ${wanted} the default in the place of "${providerIn(olds.keyProvider).name}"`,
  );
};
