import { noteGone } from "../../../core/journal";
import type { Comparing, Context } from "../../../core/lifecycle";
import { announcement, type Line } from "../../../core/plan";
import type { Vcenter } from "../api/vcenter";
import { idOf, type ProviderReference, providerIn } from "../observed/reference";
import { exclusivelyOn, type Identity, inVcenter, type OnVcenter } from "../vcenter";
import { providersOn } from "./referenced";
import { isUsed } from "./usage";

const KIND = "key provider";

/** To be told right before the call. What has an exact name bears no mark by which it could be found again. */
export async function noteCreation(
  vcenter: Vcenter,
  reference: ProviderReference,
  { history }: Pick<Context, "history">,
): Promise<void> {
  history.attempt((await vcenter.about()).instanceUuid, { to: KIND, name: idOf(reference, undefined) });
}

/** Says what there is to remove. The default tells: it comes last, when all declarations are known. */
export const foreseenRemovals = (
  { vcenter, vcenterUuid }: Identity & OnVcenter,
  { leftovers }: Pick<Comparing, "leftovers">,
): Line[] =>
  leftovers(vcenterUuid).map(({ kind, name }) =>
    announcement(
      `${inVcenter(vcenter)}: will look for ${kind} "${name}", which a run that was cut off was about to make, and remove it unless it is used: nothing declares it`,
    ),
  );

/**
 * Removes key providers that a run had just made when it was cut off: no state has them, and so no engine asks for their
 * delete. A standard one that is used stays, and so does a trusted one with a client certificate, which may be used elsewhere.
 */
export async function removeLeftovers(
  vcenter: Vcenter,
  { vcenterUuid }: Pick<Identity, "vcenterUuid">,
  context: Context,
): Promise<void> {
  if (context.leftovers(vcenterUuid).length === 0) return;
  await exclusivelyOn(vcenter, context, async () => {
    for (const { kind, name: reference, identity } of context.leftovers(vcenterUuid)) {
      // Whoever is deleted goes its own way.
      if (identity === context.self.identity) continue;
      const { name, trustAuthorityCluster } = providerIn(reference);
      const { looks, changes } = providersOn(vcenter, trustAuthorityCluster);
      const isThere = (await looks.find(name)) !== undefined;
      const mayBeUsed = async () =>
        looks.family === "standard"
          ? isUsed(vcenter, name)
          : // Who uses it cannot be seen here, and without a certificate it is of no use.
            (await looks.clientCertificate(name)) !== undefined;
      if (isThere && (await mayBeUsed())) continue;
      if (isThere) {
        await changes.remove(name);
        context.log.info(`removed ${kind} "${name}": a run that was cut off had made it, and nothing declares it`);
      }
      noteGone(context.journal, vcenterUuid, { identity });
    }
  });
}
