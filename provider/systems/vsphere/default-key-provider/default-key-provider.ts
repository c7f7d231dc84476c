import type { CheckFailure, Context, Lifecycle, Looking } from "../../../core/lifecycle";
import { takenOver } from "../../../core/ownership";
import { announcement, differences, type Line } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import type { Vcenter } from "../api/vcenter";
import { KeyProviderUnhealthyError } from "../errors";
import { foreseenRemovals, removeLeftovers } from "../key-providers/leftovers";
import { referenced } from "../key-providers/referenced";
import { setDefaultKeyProvider } from "../key-providers/standard-changes";
import { entityIn, defaultKeyProvider as present } from "../observed/default-provider";
import { healthInWords } from "../observed/health";
import { isHealthy } from "../observed/key-providers";
import { existing, providerIn, sameProvider } from "../observed/reference";
import { checkVcenter, exclusivelyOn, type Identity, identify, identifyForRead, inVcenter } from "../vcenter";
import { type DefaultKeyProviderInputs, type DefaultKeyProviderOutputs, defaultKeyProviderResource } from "./resource";

type Inputs = DefaultKeyProviderInputs;
type Outputs = DefaultKeyProviderOutputs;

export const defaultKeyProvider: Lifecycle<Inputs, Outputs> = {
  async check(olds, news, context) {
    const inputs = withDefaults(defaultKeyProviderResource, news);
    const failures = [...checkArguments(defaultKeyProviderResource, inputs), ...checkVcenter(inputs, context)];
    if (failures.length > 0) return { inputs, failures, lines: [] };
    const again = checkDeclaredOnce(inputs, context);
    if (again.length > 0) return { inputs, failures: again, lines: [] };
    const lines = takenOver(inVcenter(inputs.vcenter), "the default key provider", olds, inputs);
    return { inputs, failures, lines };
  },

  async diff(_id, olds, news, context) {
    const removals = foreseenRemovals(olds, context);
    const isOtherEntity = !isUnknown(news.entity) && olds.entity !== news.entity;
    const isOther = isUnknown(news.keyProvider) || !sameProvider(olds.keyProvider, news.keyProvider);
    return {
      differing: differences({
        keyProvider: isOther || olds.keyProvider !== news.keyProvider,
        vcenter: olds.vcenter !== news.vcenter,
        entity: isUnknown(news.entity) || isOtherEntity,
        // Leftovers are no part of this resource. It differs because its update is what removes them.
        leftovers: removals.length > 0,
      }),
      replaces: isOtherEntity ? ["entity"] : [],
      lines: [...(isOther && !isOtherEntity ? [foreseen(olds, news)] : []), ...removals],
    };
  },

  async create(inputs, context) {
    const { vcenter, identity } = await identify(context, inputs.vcenter);
    const previous = await makeDefault(vcenter, inputs, context);
    // One of them may have been the default until now.
    await removeLeftovers(vcenter, identity, context);
    return { id: inputs.entity ?? identity.vcenterUuid, outputs: outputsOf(inputs, identity, previous) };
  },

  async read(id, state, context) {
    // That of the vCenter itself is known by the vCenter.
    const entity = id.includes(":") ? id : undefined;
    const { vcenterUuid = entity === undefined ? id : undefined } = state;
    const { vcenter, identity } = await identifyForRead(context, { ...state, vcenterUuid });
    const name = await present(vcenter, entityIn(entity));
    if (name === undefined) return undefined;
    const { keyProvider: declared, previous } = state;
    const isDeclared = declared !== undefined && providerIn(declared).name === name;
    const inputs: Inputs = {
      vcenter: vcenter.name,
      keyProvider: isDeclared ? declared : name,
      ...(entity === undefined ? {} : { entity }),
    };
    return { id, inputs, outputs: outputsOf(inputs, identity, previous) };
  },

  async update(_id, olds, news, context) {
    const { vcenter, identity } = await identify(context, news.vcenter, olds);
    await makeDefault(vcenter, news, context);
    await removeLeftovers(vcenter, identity, context);
    return outputsOf(news, identity, olds.previous);
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

/**
 * Makes a provider the default. Nothing is changed where keys of it could not be made.
 *
 * @returns name of the one before; that of a run which was cut off is noted
 * @throws KeyProviderUnhealthyError
 */
async function makeDefault(
  vcenter: Vcenter,
  { keyProvider, entity }: Inputs,
  context: Context,
): Promise<string | undefined> {
  const target = referenced(vcenter, keyProvider);
  const { name, looks } = target;
  const attempt = `making key provider "${name}" the default`;
  const { instanceUuid } = await vcenter.about();
  return exclusivelyOn(vcenter, context, async () => {
    const former = await present(vcenter, entityIn(entity));
    if (former === name) return context.history.of(instanceUuid).attempts.at(-1)?.before;
    const health = await looks.health(await existing(vcenter, keyProvider, attempt));
    if (!isHealthy(health)) {
      throw new KeyProviderUnhealthyError({
        attempt,
        place: vcenter.place,
        reason: healthInWords(health),
        wayOut: "give the vsphere.KeyProviderTrust of the provider as keyProvider, which waits until it is healthy",
      });
    }
    context.history.attempt(instanceUuid, { to: "default", before: former });
    await setDefaultKeyProvider(vcenter, entityIn(entity), name);
    return former;
  });
}

async function isUsable(vcenter: Vcenter, name: string): Promise<boolean> {
  const { looks } = referenced(vcenter, name);
  const provider = await looks.find(name);
  return provider !== undefined && isHealthy(await looks.health(provider));
}

function outputsOf(inputs: Inputs, identity: Identity, previous: string | undefined): Outputs {
  const { adopt: _adopt, ...kept } = inputs;
  return { ...kept, ...identity, ...(previous === undefined ? {} : { previous }) };
}

const foreseen = (olds: Outputs, { vcenter, keyProvider }: Inputs): Line => {
  const wanted = isUnknown(keyProvider) ? "a provider that is not known yet" : `"${providerIn(keyProvider).name}"`;
  return announcement(
    `${inVcenter(vcenter)}: will make ${wanted} the default in the place of "${providerIn(olds.keyProvider).name}"`,
  );
};
