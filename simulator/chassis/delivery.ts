import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Ways in which an answer arrives broken, padded or slowly. */
export type Delivery =
  /** Half of the promised length, then the connection ends. */
  | { truncate: true }
  /** White space follows the answer, up to so many bytes. */
  | { padToBytes: number }
  /** Byte by byte, with so many milliseconds before each. */
  | { dripMs: number };

/** Sends the body of an answer whose head is not written yet. */
export async function deliver(response: ServerResponse, body: string, delivery: Delivery): Promise<void> {
  const bytes = Buffer.from(body);
  if ("truncate" in delivery) {
    response.setHeader("Content-Length", bytes.length);
    response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.end());
    return;
  }
  const parts = "dripMs" in delivery ? drip(bytes, delivery.dripMs) : pad(bytes, delivery.padToBytes);
  // The client may give such an answer up.
  await pipeline(Readable.from(parts), response).catch(() => {});
}

async function* drip(bytes: Buffer, milliseconds: number): AsyncGenerator<Buffer> {
  for (const byte of bytes) {
    await delay(milliseconds);
    yield Buffer.of(byte);
  }
}

function* pad(bytes: Buffer, length: number): Generator<Buffer> {
  yield bytes;
  for (let rest = length - bytes.length; rest > 0; rest -= PAD_BYTES)
    yield Buffer.alloc(Math.min(rest, PAD_BYTES), " ");
}

const PAD_BYTES = 65_536;
