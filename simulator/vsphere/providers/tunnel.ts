import { once } from "node:events";
import { type ClientRequest, request } from "node:http";
import type { Socket } from "node:net";

export interface Address {
  host: string;
  port: number;
}

/** A way to `target` through an HTTP proxy. */
export async function openTunnel(proxy: Address, target: Address, timeoutMs: number): Promise<Socket> {
  const asking: ClientRequest = request({
    ...proxy,
    method: "CONNECT",
    path: `${target.host}:${target.port}`,
    timeout: timeoutMs,
    agent: false,
  });
  asking.once("timeout", () => asking.destroy(new Error(`the proxy ${proxy.host}:${proxy.port} does not answer`)));
  asking.end();
  const [{ statusCode }, socket] = await once(asking, "connect");
  if (statusCode === 200) return socket;
  socket.destroy();
  throw new Error(`the proxy ${proxy.host}:${proxy.port} refuses the connection with ${statusCode}`);
}
