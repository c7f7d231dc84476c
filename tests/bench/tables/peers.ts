import { performance } from "node:perf_hooks";
import type { Contender } from "../contender";
import { median, sum, table } from "../figures";
import { EkmContender } from "../fleet/contender";
import { YamlContender } from "../fleet/yaml-contender";
import { Site } from "../host/site";
import { peers } from "../peers";
import { bytesOfFile } from "../state-size";
import { assertExternal, REKEY_SECONDS } from "./overhead";

/** One way to set up a fleet of one size. */
export interface Contest {
  name: string;
  clusters: number;
  /** Seconds, of each round. */
  seconds: number[];
  /** For the whole fleet, in the last round. */
  calls: number;
  handshakes: number;
  stateBytes: number;
}

/** All of them in turn, round by round, each with clusters that are new. */
export async function measurePeers(clusters: number, rounds: number): Promise<Contest[]> {
  const site = await Site.open(clusters, REKEY_SECONDS);
  try {
    const contests = new Map<string, Contest>();
    for (let round = 0; round < rounds; round += 1) {
      for (const contender of [...ways(), ...(await peers())]) {
        await site.renew();
        const measured = await compete(contender, site);
        const seconds = [...(contests.get(contender.name)?.seconds ?? []), measured.seconds];
        contests.set(contender.name, { ...measured, name: contender.name, clusters, seconds });
      }
    }
    return [...contests.values()];
  } finally {
    await site.close();
  }
}

/** This package by each way in, with state saved after each step and at the end alone. */
const ways = (): Contender[] =>
  [false, true].flatMap((isUnsaved) => [
    new EkmContender({ by: "dynamic provider", isUnsaved }),
    new EkmContender({ by: "plugin", isUnsaved }),
    new YamlContender(isUnsaved),
  ]);

async function compete(contender: Contender, site: Site) {
  try {
    await contender.prepare(site.address);
    await site.traffic();
    const start = performance.now();
    await contender.up();
    const seconds = (performance.now() - start) / 1000;
    const traffic = await site.traffic();
    await assertExternal(site);
    const calls = traffic.flatMap(({ methods }) => Object.values(methods).map((method) => method.calls));
    return {
      seconds,
      calls: sum(calls),
      handshakes: sum(traffic.map(({ handshakes }) => handshakes)),
      stateBytes: bytesOfFile(contender.stateFile),
    };
  } finally {
    contender.remove();
  }
}

export function describePeers(contests: readonly Contest[]): string {
  return table(
    ["clusters, by", "wall s", "calls", "TLS handshakes", "state bytes"],
    contests.map(({ name, clusters, seconds, calls, handshakes, stateBytes }) => [
      `${clusters} × ${name}`,
      median(seconds).toFixed(2),
      String(calls),
      String(handshakes),
      String(stateBytes),
    ]),
  );
}
