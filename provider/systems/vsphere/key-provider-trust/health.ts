import type { Context } from "../../../core/lifecycle";
import { looks as looksAt } from "../../../core/looks";
import type { Vcenter } from "../api/vcenter";
import { KeyProviderUnhealthyError } from "../errors";
import type { Referenced } from "../key-providers/referenced";
import { healthInWords } from "../observed/health";
import { isHealthy, type KeyProvider, type ProviderHealth } from "../observed/key-providers";

/** vCenter looks at its key servers every few minutes. */
const USUAL_SECONDS = 900;

/** Waits until vCenter finds a provider healthy; answers what it saw last, healthy or not. */
export async function settledHealth(
  { looks }: Referenced,
  provider: KeyProvider,
  { clock, signal, log, deadlineSeconds = USUAL_SECONDS }: Context,
): Promise<ProviderHealth> {
  let seen: ProviderHealth | undefined;
  for await (const elapsed of looksAt({ clock, signal, deadlineSeconds })) {
    seen = await looks.health(provider);
    if (isHealthy(seen)) break;
    const left = Math.max(0, Math.ceil(deadlineSeconds - elapsed() / 1000));
    log.progress(
      `waiting until vCenter finds key provider "${provider.name}" healthy: ${healthInWords(seen)}, ${left} s left`,
    );
  }
  return seen ?? looks.health(provider);
}

export const unhealthy = ({ place }: Vcenter, { name }: Referenced, health: ProviderHealth) =>
  new KeyProviderUnhealthyError({
    attempt: `waiting until vCenter and the servers of key provider "${name}" trust each other`,
    place,
    reason: `after the time that this may take, ${healthInWords(health)}`,
    wayOut: ({ apply, deadlines }) =>
      `where a server does not let vCenter in, register the client certificate there; where vCenter does not trust it, correct trustedServers of the provider; then run ${apply} again, which goes on waiting (${deadlines} give it more time)`,
  });
