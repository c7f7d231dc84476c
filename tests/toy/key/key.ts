import { ConnectionNotConfiguredError } from "../../../provider/connections/errors";
import { identityOf } from "../../../provider/connections/identity";
import { type CheckFailure, type Lifecycle, type Looking, refusal } from "../../../provider/core/lifecycle";
import { resolveName } from "../../../provider/core/ownership";
import { announcement, differences } from "../../../provider/core/plan";
import { checkArguments, withDefaults } from "../../../provider/core/resource/description";
import { isUnknown } from "../../../provider/core/unknown";
import { type Vault, type VaultKey, vault } from "../system";
import { type KeyInputs, type KeyOutputs, keyResource } from "./resource";

export const key: Lifecycle<KeyInputs, KeyOutputs> = {
  async check(olds, news, context) {
    const inputs = { ...withDefaults(keyResource, news), ...resolveName(olds, news, context) };
    return {
      inputs,
      failures: [...checkArguments(keyResource, inputs), ...checkVault(inputs, context)],
      lines: [],
    };
  },

  async diff(_id, olds, news) {
    const differing = differences({
      name: olds.name !== news.name,
      algorithm: olds.algorithm !== news.algorithm,
      vault: olds.vault !== news.vault,
    });
    const isReplaced = olds.algorithm !== news.algorithm;
    const lines = isReplaced ? [announcement(`vault "${news.vault}": another key will be made`)] : [];
    return isReplaced ? { differing, replaces: ["algorithm"], deletesFirst: true, lines } : { differing, lines };
  },

  async create(inputs, context) {
    const { connection, vaultGUID } = await identify(context, inputs.vault);
    const made = await context.exclusively(`vault:${vaultGUID}`, async () => {
      const keys = await connection.call("ListKeys", {});
      const name = inputs.name ?? context.self.name;
      const own = keys.find((each) => each.name === inputs.autoName);
      return own ?? connection.call("CreateKey", { name, algorithm: inputs.algorithm });
    });
    return { id: String(made.id), outputs: { ...inputs, ...outputsOf(made, vaultGUID) } };
  },

  async read(id, state, context) {
    const { vault: name = "default", autoName } = state;
    const { connection, vaultGUID } = await identify(context, name, state);
    const found = await keyOf(connection, id);
    if (found === undefined) return undefined;
    const { algorithm } = found;
    const marked = autoName === found.name ? { autoName } : {};
    const inputs: KeyInputs = { vault: name, name: found.name, algorithm, ...marked };
    return { id, inputs, outputs: { ...inputs, ...outputsOf(found, vaultGUID) } };
  },

  async update(id, olds, news, context) {
    const { connection, vaultGUID } = await identify(context, news.vault, olds);
    const name = news.name ?? context.self.name;
    const renamed = await connection.call("RenameKey", { id: Number(id), name });
    return { ...news, ...outputsOf(renamed, vaultGUID) };
  },

  async delete(id, state, context) {
    const { connection } = await identify(context, state.vault, state);
    if ((await keyOf(connection, id)) !== undefined) await connection.call("DeleteKey", { id: Number(id) });
  },
};

type Connecting = Pick<Looking, "connection">;

function checkVault({ vault: name }: KeyInputs, context: Connecting): CheckFailure[] {
  if (isUnknown(name)) return [];
  try {
    context.connection(vault, name);
    return [];
  } catch (error) {
    if (error instanceof ConnectionNotConfiguredError) return [refusal("vault", error)];
    throw error;
  }
}

async function identify(
  context: Connecting,
  name: string,
  recorded?: Partial<KeyOutputs>,
): Promise<{ connection: Vault; vaultGUID: string }> {
  const connection = context.connection(vault, name);
  const vaultGUID = await identityOf(vault, connection, recorded?.vaultGUID, ({ forget }) => `use ${forget}`);
  return { connection, vaultGUID };
}

const keyOf = async (connection: Vault, id: string): Promise<VaultKey | undefined> =>
  (await connection.call("ListKeys", {})).find((each) => each.id === Number(id));

const outputsOf = ({ id, name, algorithm }: VaultKey, vaultGUID: string) => ({
  stateVersion: 1 as const,
  vaultGUID,
  keyNumber: id,
  name,
  algorithm,
});
