// A process that serves simulated clusters: inside the bench's own they would compete with what is measured for one thread.
import { join } from "node:path";
import { ClusterSimulator } from "../../../simulator";
import type { ClusterAddress } from "../contender";
import type { Answers, Order, Traffic } from "./messages";

/** As patient as a busy machine needs: what is measured is not how well a key server answers under load. */
const SWITCHES = { kmipTimeoutMs: 60_000 };

let clusters: ClusterSimulator[] = [];
let generation = 0;
const counted = new Map<ClusterSimulator, { sequence: number; handshakes: number }>();

async function open({ names, folder, rekeySeconds }: Extract<Order, { do: "open" }>): Promise<Answers["open"]> {
  await close();
  generation += 1;
  clusters = await Promise.all(
    names.map((name) =>
      ClusterSimulator.start({
        name,
        stateDir: join(folder, `${name}-${generation}`),
        rekeySeconds,
        switches: SWITCHES,
      }),
    ),
  );
  return clusters.map((cluster, index) => addressOf(names[index] ?? "", cluster));
}

const addressOf = (
  name: string,
  { endpoint, username, password, certificate, fingerprint256 }: ClusterSimulator,
): ClusterAddress => ({ name, endpoint, username, password, certificate, fingerprint256 });

function count(cluster: ClusterSimulator): Traffic {
  const { sequence: last, handshakes } = counted.get(cluster) ?? { sequence: 0, handshakes: 0 };
  const requests = cluster.requests.filter(({ sequence }) => sequence > last);
  counted.set(cluster, { sequence: requests.at(-1)?.sequence ?? last, handshakes: cluster.handshakes });
  const methods: Traffic["methods"] = {};
  for (const { method, milliseconds } of requests) {
    methods[method] ??= { calls: 0, milliseconds: 0 };
    methods[method].calls += 1;
    methods[method].milliseconds += milliseconds;
  }
  return { handshakes: cluster.handshakes - handshakes, methods };
}

async function judge(cluster: ClusterSimulator) {
  const { masterKey, rekeys } = cluster.state().softwareEncryption;
  return { keyManagementType: masterKey?.keyManagementType, rekeys, unwraps: await cluster.unwrapDataKey() };
}

function ownProcessorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function close(): Promise<void> {
  counted.clear();
  await Promise.all(clusters.map((cluster) => cluster.close()));
}

async function obey(order: Order): Promise<Answers[Order["do"]]> {
  switch (order.do) {
    case "open":
      return open(order);
    case "count":
      return clusters.map(count);
    case "judge":
      return Promise.all(clusters.map(judge));
    case "tell processor time":
      return ownProcessorSeconds();
    case "end":
      return close().then(() => undefined);
  }
}

process.on("message", async (order: Order) => {
  try {
    process.send?.({ answer: await obey(order) });
  } catch (error) {
    process.send?.({ failure: (error as Error).stack });
  }
});
process.once("disconnect", () => process.exit());
