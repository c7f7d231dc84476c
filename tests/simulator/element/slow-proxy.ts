import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { closeAfterTest } from "../cleanup";

/** A way to a server on which nothing moves while it is held. */
export interface SlowProxy {
  port: number;
  /** Connections so far. */
  readonly connections: number;
  /** Whether any of them is open. */
  readonly isOpen: boolean;
  hold(): void;
  release(): void;
}

export async function startSlowProxy(target: { port: number }): Promise<SlowProxy> {
  const sockets = new Set<Socket>();
  let held = false;
  let connections = 0;
  const server = createServer((inward) => {
    connections += 1;
    const outward = connect(target.port, "127.0.0.1");
    for (const [from, to] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => to.write(bytes));
      from.on("end", () => to.end());
      from.on("error", () => to.destroy());
      from.on("close", () => sockets.delete(from));
      if (held) from.pause();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    get isOpen() {
      return sockets.size > 0;
    },
    hold() {
      held = true;
      for (const socket of sockets) socket.pause();
    },
    release() {
      held = false;
      for (const socket of sockets) socket.resume();
    },
  };
}
