import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Method } from "../../provider/systems/element/api/types";
import { BackgroundJobs } from "../chassis/background-jobs";
import { Simulator, type SimulatorOptions } from "../chassis/simulator";
import { Store } from "../chassis/store";
import { checkSwitches } from "../chassis/switch-values";
import { createCluster } from "./birth";
import { Cluster } from "./cluster/machine";
import { defaultSwitches, type Switches } from "./cluster/switches";
import { opensDataKey } from "./methods/data-key";
import { switchValues } from "./switch-values";
import { elementSystem } from "./system";

export interface ClusterSimulatorOptions extends SimulatorOptions {
  /** Of the cluster's administrator. Default `admin`, or what the folder has. */
  username?: string;
  /** Default: a random one, or what the folder has. */
  password?: string;
  /** The cluster's name when it is created. Default `simulated`. */
  name?: string;
  /** Whether a new cluster has software encryption at rest, which cannot be changed later. Default true. */
  softwareEncryptionAtRest?: boolean;
  /** Shorthand for the switch of that name. */
  rekeySeconds?: number;
  switches?: Partial<Switches>;
  /** The cluster's clock. Default the system's. */
  now?: () => Date;
}

/** A simulated Element cluster: real HTTPS, real keys, real KMIP towards the key servers that it is given. */
export class ClusterSimulator extends Simulator<Cluster, Method> {
  static async start(options: ClusterSimulatorOptions): Promise<ClusterSimulator> {
    const cluster = await openCluster(options);
    return new ClusterSimulator(cluster, elementSystem(cluster), options.beforeAnswer).open(options);
  }

  get username(): string {
    return this.machine.secrets.username;
  }

  get password(): string {
    return this.machine.secrets.password;
  }

  /** Fetches the master key from where it is kept and says whether it still opens the same data key. */
  unwrapDataKey(): Promise<boolean> {
    return opensDataKey(this.machine);
  }
}

async function openCluster(options: ClusterSimulatorOptions): Promise<Cluster> {
  const trueTime = options.now ?? (() => new Date());
  const rekeySeconds = options.rekeySeconds === undefined ? {} : { rekeySeconds: options.rekeySeconds };
  const given = checkSwitches(switchValues, { ...options.switches, ...rekeySeconds });
  const switches = { ...defaultSwitches(), ...given };
  const now = () => new Date(trueTime().getTime() + switches.clockOffsetSeconds * 1000);
  const store = await Store.open(join(options.stateDir, "cluster.json"), () =>
    createCluster(
      {
        name: options.name ?? "simulated",
        username: options.username ?? "admin",
        password: options.password ?? randomBytes(12).toString("base64url"),
        softwareEncryptionAtRest: options.softwareEncryptionAtRest ?? true,
      },
      now(),
    ),
  );
  const cluster = new Cluster(store, switches, new BackgroundJobs(), now);
  cluster.secrets.username = options.username ?? cluster.secrets.username;
  cluster.secrets.password = options.password ?? cluster.secrets.password;
  await cluster.save();
  return cluster;
}
