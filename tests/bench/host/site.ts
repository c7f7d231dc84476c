import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KmipServer } from "../../../simulator";
import { type Authority, makeAuthority } from "../../kit/certificates";
import type { ClusterAddress, FleetAddress } from "../contender";
import { sum } from "../figures";
import { Host } from "./host";
import { startKeyServer } from "./key-server";
import type { Traffic, Verdict } from "./messages";

/** Clusters in one process: more would not answer sooner, with the processors that the rest leaves them. */
const CLUSTERS_A_HOST = 50;

/** A fleet of simulated clusters that share one key server, all on loopback. */
export class Site {
  private clusters: ClusterAddress[] = [];

  private constructor(
    readonly size: number,
    private readonly folder: string,
    private readonly rekeySeconds: number,
    private readonly authority: Authority,
    private readonly keyServer: KmipServer,
    private readonly hosts: readonly Host[],
  ) {}

  /** @param rekeySeconds what a rekey takes */
  static async open(size: number, rekeySeconds: number): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), "ekm-bench-"));
    const authority = makeAuthority();
    const keyServer = await startKeyServer(folder, authority);
    const hosts = Array.from({ length: Math.ceil(size / CLUSTERS_A_HOST) }, () => new Host());
    const site = new Site(size, folder, rekeySeconds, authority, keyServer, hosts);
    await site.renew();
    return site;
  }

  /** Puts new clusters, with internal keys and no key pair, in the place of those before. */
  async renew(): Promise<void> {
    const names = Array.from({ length: this.size }, (_, index) => `storage-${index + 1}`);
    const { folder, rekeySeconds } = this;
    const opened = this.hosts.map((host, index) => {
      const own = names.slice(index * CLUSTERS_A_HOST, (index + 1) * CLUSTERS_A_HOST);
      return host.ask({ do: "open", names: own, folder, rekeySeconds });
    });
    this.clusters = (await Promise.all(opened)).flat();
  }

  get address(): FleetAddress {
    const { host, port } = this.keyServer;
    const { certificate, privateKey } = this.authority;
    return { clusters: this.clusters, keyServer: { host, port }, authority: { certificate, privateKey } };
  }

  /** What reached each cluster since this was last asked. */
  async traffic(): Promise<Traffic[]> {
    return (await Promise.all(this.hosts.map((host) => host.ask({ do: "count" })))).flat();
  }

  /** What each cluster has. */
  async verdicts(): Promise<Verdict[]> {
    return (await Promise.all(this.hosts.map((host) => host.ask({ do: "judge" })))).flat();
  }

  /** Seconds of the processor that the clusters have used so far. */
  async processorSeconds(): Promise<number> {
    return sum(await Promise.all(this.hosts.map((host) => host.ask({ do: "tell processor time" }))));
  }

  async close(): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.end()));
    await this.keyServer.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
