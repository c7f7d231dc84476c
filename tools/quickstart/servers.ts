import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import type { Certificates } from "./certificates";
import { ServerProcess } from "./server-process";

/** Where the key server listens; its certificate has both. */
export const KEY_SERVER_HOST = "localhost";
export const KEY_SERVER_ADDRESS = "127.0.0.1";

export type ClusterConnection = Required<
  Pick<ConnectionSettings, "endpoint" | "username" | "password" | "fingerprint256">
>;

/** A simulated cluster and a key server on loopback. */
export interface Servers {
  cluster: ClusterConnection;
  keyServerPort: number;
  pids: number[];
  stop(): Promise<void>;
}

/** Starts both; when one does not start, neither runs. */
export async function startServers(folder: string, { authority, keyServer }: Certificates): Promise<Servers> {
  const file = (name: string, contents: string) => {
    const path = join(folder, name);
    writeFileSync(path, contents, { mode: 0o600 });
    return path;
  };
  const kmipFiles = {
    "--cert": file("key-server.pem", keyServer.certificate),
    "--key": file("key-server-key.pem", keyServer.privateKey),
    "--ca": file("authority.pem", authority.certificate),
    "--state": join(folder, "key-server"),
  };
  const listen = ["--listen", `${KEY_SERVER_ADDRESS}:0`];
  const starts = await Promise.allSettled([
    ServerProcess.start<ClusterConnection>(
      ["cluster", ...listen, "--state", join(folder, "cluster")],
      join(folder, "cluster.log"),
    ),
    ServerProcess.start<{ listening: string }>(
      ["kmip", ...listen, ...Object.entries(kmipFiles).flat()],
      join(folder, "key-server.log"),
    ),
  ]);
  const [cluster, kmip] = starts;
  if (cluster.status === "rejected" || kmip.status === "rejected") {
    await Promise.all(starts.map((start) => (start.status === "fulfilled" ? start.value.stop() : undefined)));
    throw starts.find((start) => start.status === "rejected")?.reason;
  }
  const { endpoint, username, password, fingerprint256 } = cluster.value.announcement;
  return {
    cluster: { endpoint, username, password, fingerprint256 },
    keyServerPort: Number(kmip.value.announcement.listening.split(":").at(-1)),
    pids: [cluster.value.pid, kmip.value.pid],
    stop: async () => {
      await Promise.all([cluster.value.stop(), kmip.value.stop()]);
    },
  };
}
