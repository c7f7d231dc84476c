import type { Vcenter } from "../api/vcenter";
import type { KeyProvider } from "../observed/key-providers";
import { serverChanges } from "../observed/servers";
import type { ProviderInputs } from "./family";
import type { Providers } from "./referenced";
import { assertListed, distrustOthers, type Presentation, presentation, trustListed } from "./server-certificates";
import { declaredProvider } from "./settings";

/** Where a provider is, and what is to be done to it. */
export interface Target {
  vcenter: Vcenter;
  providers: Providers;
  /** vCenter has to be given the password again. */
  isPasswordDue: boolean;
}

/**
 * Brings an existing provider to what is declared. A server is trusted and added before another one is removed, so that there
 * is one that works at any moment.
 *
 * @returns what its servers present in the end
 * @throws ServerCertificateError
 */
export async function synchronised(
  { vcenter, providers, isPasswordDue }: Target,
  present: KeyProvider,
  inputs: ProviderInputs,
): Promise<Presentation> {
  const { name } = present;
  const { trustedServers: pins, password } = inputs;
  const wanted = declaredProvider(name, inputs);
  const { added, moved, removed } = serverChanges(present.servers, wanted.servers);
  const arriving = wanted.servers.filter((each) => [...added, ...moved].some((other) => other.name === each.name));

  await trustListed(
    providers,
    present,
    await early({ vcenter, providers }, { ...present, servers: arriving }, pins),
    pins,
  );
  const union = { ...wanted, servers: [...wanted.servers, ...removed] };
  const isToldPassword = isPasswordDue || arriving.length > 0;
  await providers.changes.update(present, union, isToldPassword ? password : undefined);
  const found = await presentation(providers, wanted, pins);
  assertListed(found, name, vcenter.place);
  await trustListed(providers, wanted, found, pins);
  if (removed.length > 0) await providers.changes.update(union, wanted);
  await distrustOthers(providers, wanted, pins);
  return found;
}

/** A standard provider's servers can be looked at before it has them: a stranger among them is found before any write. */
async function early(
  { vcenter, providers }: Pick<Target, "vcenter" | "providers">,
  arriving: KeyProvider,
  pins: readonly string[],
): Promise<Pick<Presentation, "untrusted">> {
  if (providers.looks.family === "trusted" || arriving.servers.length === 0) return { untrusted: [] };
  const found = await presentation(providers, arriving, pins);
  assertListed(found, arriving.name, vcenter.place);
  return found;
}
