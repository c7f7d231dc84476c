import type { Context } from "../lifecycle";
import {
  endsDiffer,
  type KeyServerAttachmentInputs,
  type KeyServerAttachmentOutputs,
  undeclared,
} from "./key-server-attachment-state";
import { nameOf } from "./wording";

/** Says what an update will do. */
export function announceUpdate(
  olds: KeyServerAttachmentOutputs,
  news: KeyServerAttachmentInputs,
  { log }: Context,
): void {
  for (const id of undeclared(olds.otherKeyServers, news.otherKeyServers)) {
    log.warn(
      `${providerOf(olds)} also has key server ${id}, which otherKeyServers does not name: refused as long as it has`,
    );
  }
  if (endsDiffer(olds, news)) {
    const server = nameOf("key server", news.keyServer, news.keyServerName);
    log.announce(
      `${providerOf(olds)} is left without its key server, unless it is active by then; ${providerOf(news)} gets ${server}`,
    );
  } else if (!olds.tested) {
    log.announce(`${providerOf(olds)}: the last test failed, and it will be tested again`);
  }
}

export const attachmentInWords = (attachment: KeyServerAttachmentInputs): string =>
  `the attachment of ${nameOf("key server", attachment.keyServer, attachment.keyServerName)} to ${providerOf(attachment)}`;

const providerOf = ({ keyProvider, keyProviderName }: KeyServerAttachmentInputs): string =>
  nameOf("key provider", keyProvider, keyProviderName);
