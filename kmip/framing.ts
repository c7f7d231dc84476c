import { MalformedMessageError } from "./errors";
import { HEADER_BYTES } from "./ttlv";

/** The longest message either side accepts, in bytes. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Tag, and the type code of a structure. */
const MESSAGE_START_BYTES = 4;
const STRUCTURE_TYPE = 0x01;

/**
 * Cuts a byte stream into whole messages.
 *
 * Never holds more than one message and one chunk. Throws {@link MalformedMessageError} as soon as the bytes cannot be
 * a message that starts with `tag`, before waiting for the length they claim; ends quietly when the stream ends between
 * two messages.
 */
export async function* readMessages(stream: AsyncIterable<Buffer>, tag: number): AsyncGenerator<Buffer, void> {
  let chunks: Buffer[] = [];
  let available = 0;
  let wanted = HEADER_BYTES;
  let headerSeen = false;
  for await (const chunk of stream) {
    chunks.push(chunk);
    available += chunk.length;
    while (available >= wanted) {
      const bytes = Buffer.concat(chunks);
      chunks = [bytes];
      if (!headerSeen) {
        wanted = messageBytes(bytes, tag);
        headerSeen = true;
        continue;
      }
      yield bytes.subarray(0, wanted);
      chunks = [bytes.subarray(wanted)];
      available -= wanted;
      wanted = HEADER_BYTES;
      headerSeen = false;
    }
  }
  if (available > 0) throw new MalformedMessageError("the stream ended within a message");
}

function messageBytes(header: Buffer, tag: number): number {
  if (header.readUInt32BE(0) !== tag * 0x100 + STRUCTURE_TYPE) {
    throw new MalformedMessageError(
      `not a KMIP message: starts with ${header.toString("hex", 0, MESSAGE_START_BYTES)}`,
    );
  }
  const length = HEADER_BYTES + header.readUInt32BE(4);
  if (length > MAX_MESSAGE_BYTES) throw new MalformedMessageError(`a message of ${length} bytes is too long`);
  return length;
}
