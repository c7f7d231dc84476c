import { inFull } from "../../../core/errors";
import { type CheckFailure, type Findings, type Looking, refusal } from "../../../core/lifecycle";
import { warning } from "../../../core/plan";
import { checkArguments } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import type { Words } from "../../../core/words";
import { checkCluster, identify, isConnectionKnown } from "../cluster";
import { ProviderActiveError } from "../errors";
import { activeReason } from "../observed/key-providers";
import { findKeyServer } from "../observed/key-servers";
import { attachmentOf } from "../singletons";
import { endsDiffer } from "./ends";
import { attachmentResource, type KeyServerAttachmentInputs } from "./resource";

/** Refuses bad arguments, a second declaration, and a move that takes the server away from an active provider. */
export async function checkAttachment(
  olds: Partial<KeyServerAttachmentInputs>,
  news: KeyServerAttachmentInputs,
  context: Looking,
): Promise<Findings> {
  const failures = [...checkArguments(attachmentResource, news), ...checkCluster(news, context)];
  if (failures.length > 0) return { failures, lines: [] };
  const second = checkDeclaredOnce(news, context);
  const move = await checkMove(olds, news, context);
  return { failures: [...second, ...move.failures], lines: move.lines };
}

function checkDeclaredOnce(news: KeyServerAttachmentInputs, context: Looking): CheckFailure[] {
  if (isUnknown(news.keyServer)) return [];
  const other = attachmentOf(news).declaredBefore(news, context);
  if (other === undefined) return [];
  return [
    {
      property: "keyServer",
      reason: `key server ${news.keyServer} is already attached by ${context.inWords(other)}: declare it once`,
    },
  ];
}

async function checkMove(
  olds: Partial<KeyServerAttachmentInputs>,
  news: KeyServerAttachmentInputs,
  context: Looking,
): Promise<Findings> {
  const { cluster: name, keyProvider, keyServer } = olds;
  if (name === undefined || keyProvider === undefined || keyServer === undefined || olds.drifted) return NOTHING;
  if (!endsDiffer({ keyProvider, keyServer }, news) || !isConnectionKnown(name, context)) return NOTHING;
  const { cluster } = await identify(context, name);
  const server = await findKeyServer(cluster, Number(keyServer));
  if (server?.keyProviderID !== Number(keyProvider)) return NOTHING;
  const reason = await activeReason(cluster, Number(keyProvider));
  if (reason === undefined) return NOTHING;
  const attempt = `detaching key server ${keyServer} from key provider ${keyProvider}`;
  const refused = new ProviderActiveError({ attempt, place: cluster.place, reason, wayOut: WAY_OUT });
  if (isUnknown(news.keyProvider) || isUnknown(news.keyServer)) {
    // The new provider or server may be the attached one after all: a resource of another name may adopt it.
    const line = warning(
      (words) => `will be refused, unless what is made is what was attached: ${inFull(refused, words)}`,
    );
    return { failures: [], lines: [line] };
  }
  return { failures: [refusal(keyServer === news.keyServer ? "keyProvider" : "keyServer", refused)], lines: [] };
}

const NOTHING: Findings = { failures: [], lines: [] };

const WAY_OUT = ({ formerName }: Words): string =>
  `to move the keys, give server, provider and attachment new logical names and point the master key at the new ones; where only a logical name changed, declare the old one with ${formerName}, or change it back`;
