import { announcement, type Line, warning } from "../../../core/plan";
import { nameOf } from "../wording";
import { endsDiffer, undeclared } from "./ends";
import type { KeyServerAttachmentInputs, KeyServerAttachmentOutputs } from "./resource";

/** Says what an update will do. */
export function foreseenUpdate(olds: KeyServerAttachmentOutputs, news: KeyServerAttachmentInputs): Line[] {
  const others = undeclared(olds.otherKeyServers, news.otherKeyServers).map((id) =>
    warning(
      `${providerOf(olds)} also has key server ${id}, which otherKeyServers does not name: refused as long as it has`,
    ),
  );
  const server = nameOf("key server", news.keyServer, news.keyServerName);
  if (endsDiffer(olds, news)) {
    return [
      ...others,
      announcement(
        `${providerOf(olds)} is left without its key server, unless it is active by then; ${providerOf(news)} gets ${server}`,
      ),
    ];
  }
  if (olds.tested) return others;
  return [...others, announcement(`${providerOf(olds)}: the last test failed, and it will be tested again`)];
}

export const attachmentInWords = (attachment: KeyServerAttachmentInputs): string =>
  `the attachment of ${nameOf("key server", attachment.keyServer, attachment.keyServerName)} to ${providerOf(attachment)}`;

const providerOf = ({ keyProvider, keyProviderName }: KeyServerAttachmentInputs): string =>
  nameOf("key provider", keyProvider, keyProviderName);
