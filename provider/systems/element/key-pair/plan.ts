import { type CheckFailure, type Findings, type Looking, refusal } from "../../../core/lifecycle";
import { nameInMark } from "../../../core/mark";
import { isNew } from "../../../core/ownership";
import { type Line, warning } from "../../../core/plan";
import { holdsUnknown, isUnknown } from "../../../core/unknown";
import { identify, identifyInAHurry, ifAnswered, isConnectionKnown } from "../cluster";
import { EXTERNAL_KEY_MANAGEMENT } from "../components";
import { certifiedFor, observe, refusalOfNewPair, subjectMatches } from "../observed/key-pair";
import { listKeyProviders } from "../observed/key-providers";
import { renamed } from "../own-holder";
import type { KeyPairInputs, KeyPairOutputs } from "./resource";
import { wasMadeFor } from "./wish";

/**
 * Refuses at plan time a change that needs a new pair while the old pair is needed. Of an allowed change it says which
 * certificates become useless.
 */
export async function checkNewPair(
  olds: Partial<KeyPairInputs>,
  news: KeyPairInputs,
  context: Looking,
): Promise<Findings> {
  const failures = await checkRename(olds, news, context);
  const nothing = { failures, lines: [] };
  if (failures.length > 0) return nothing;
  if (olds.drifted || holdsUnknown(news) || !mayNeedNewPair(olds, news) || !isConnectionKnown(news.cluster, context))
    return nothing;
  const { cluster, identity } = await identify(context, news.cluster);
  const found = await observe(cluster);
  if (found === undefined) return nothing;
  const suits = subjectMatches(news.subject, found.subject);
  const triggered = isTriggered(olds, news);
  if (suits && (!triggered || isNew(olds) || wasMadeFor(news, found, identity, context))) return nothing;
  const refused = await refusalOfNewPair(cluster, triggered, context);
  if (refused !== undefined) return { failures: [refusal(suits ? "regenerate" : "subject", refused)], lines: [] };
  const place = `cluster "${news.cluster}"`;
  const useless = await certifiedFor(cluster);
  const line = warning(
    useless.length === 0
      ? `${place}: will make a new key pair; no key server has a certificate for the present one`
      : `${place}: will make a new key pair, and the client certificates of ${useless.join(" and ")} become useless. Have the new request signed, and give its certificate to each of them`,
  );
  return { failures, lines: [line] };
}

/**
 * A component makes its key pair first. Where the component was renamed and its program does not give the former name,
 * it is refused here, before it makes a second key server and provider that nobody can use. A cluster that does not
 * answer is no failure yet.
 */
async function checkRename(
  olds: Partial<KeyPairInputs>,
  news: KeyPairInputs,
  context: Looking,
): Promise<CheckFailure[]> {
  const { self } = context;
  const isFirst = isNew(olds) && self.isWithin(EXTERNAL_KEY_MANAGEMENT) && !news.takesOver;
  if (!isFirst || isUnknown(news.cluster) || !isConnectionKnown(news.cluster, context)) return [];
  return ifAnswered<CheckFailure[]>([], async () => {
    const { cluster } = await identifyInAHurry(context, news.cluster);
    const former = (await listKeyProviders(cluster)).find(
      ({ keyProviderIsActive, keyProviderName }) =>
        keyProviderIsActive &&
        self.isMarkOfStack(keyProviderName, "element:KeyProvider") &&
        !nameInMark(keyProviderName)?.startsWith(`${self.name}-`),
    );
    return former === undefined ? [] : [refusal("cluster", renamed(cluster, former, "keys of the cluster", context))];
  });
}

/** Says what an update will do about a pair that somebody else has made. */
export function foreseenUpdate(olds: KeyPairOutputs, news: KeyPairInputs): Line[] {
  const [recorded, present] = [olds.recordedPublicKeyFingerprint, olds.publicKeyFingerprint];
  if (recorded === present) return [];
  const change = `cluster "${news.cluster}": the key pair was changed outside of this program, from public key ${recorded} to ${present}`;
  const suits = !holdsUnknown(news) && subjectMatches(news.subject, olds.subject ?? {});
  const what = suits ? "it is accepted" : "it has another subject than the declared one";
  return [warning(`${change}: ${what}. Client certificates for the old one are useless`)];
}

/** The first declaration of a pair replaces an existing pair only where it says so; one that adopts makes none. */
const mayNeedNewPair = (olds: Partial<KeyPairInputs>, news: KeyPairInputs): boolean =>
  isNew(olds)
    ? news.regenerate !== undefined && news.adopt === undefined
    : isTriggered(olds, news) || !subjectMatches(news.subject, olds.subject ?? {});

const isTriggered = (olds: Partial<KeyPairInputs>, news: KeyPairInputs): boolean =>
  news.regenerate !== undefined && olds.regenerate !== news.regenerate;
