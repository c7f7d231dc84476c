import type { VCenter } from "../vcenter/machine";
import type { KeyProvider, ObservedHealth, ObservedServer } from "../vcenter/state";
import { observeServer } from "./contact";

/**
 * What is known of a provider's servers. They are looked at again when somebody asks and the last look is older than the
 * switch `healthLagSeconds`: what is told may be that old.
 */
export async function healthOf(vcenter: VCenter, provider: KeyProvider): Promise<ObservedHealth> {
  if (vcenter.since(provider.health.at) < vcenter.switches.healthLagSeconds * 1000) return provider.health;
  const [before, at] = [provider.health, vcenter.timestamp()];
  const observed = await Promise.all(provider.servers.map((server) => observeServer(vcenter, provider, server)));
  // Whoever has changed the provider meanwhile has made this look worthless.
  if (provider.health === before) {
    provider.health = { at, servers: observed };
    await vcenter.save();
  }
  return provider.health;
}

/** The next look is due after a while, as from the start. */
export function awaitNextCheck(vcenter: VCenter, provider: KeyProvider): void {
  const { servers } = provider.health;
  const at = vcenter.timestamp();
  provider.health = vcenter.switches.healthAfterChange === "none" ? { at } : { at, servers };
}

export const newHealth = (vcenter: VCenter): ObservedHealth => ({ at: vcenter.timestamp() });

export const isHealthy = ({ clientTrustServer, serverTrustClient }: ObservedServer): boolean =>
  clientTrustServer && serverTrustClient;

/** Both directions of trust, of all servers alike or not. */
export function verdictOn(servers: ObservedServer[] | undefined): "none" | "good" | "mixed" | "bad" {
  if (servers === undefined || servers.length === 0) return "none";
  const good = servers.filter(isHealthy).length;
  return good === servers.length ? "good" : good === 0 ? "bad" : "mixed";
}
