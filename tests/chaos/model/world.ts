import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PASSWORD } from "../../element/stage";
import type { Answer, Operator } from "../../interop/element-sdk/operator";
import { MovedClock, turn } from "../../kit/moved-clock";
import { Installation } from "../installation";
import type { Stack } from "./stack";

/** Longer than any clock is moved. */
const HELD_SECONDS = 10_000_000;
const SWITCHES = { faultCacheSeconds: 0, hardwareEncryptionSeconds: 0, kmipTimeoutMs: 20_000 };
const BARE = "bare";

export interface WorldOptions {
  operator: Operator;
  /** How long a rekey takes, and a cluster that restarts is away. */
  rekeySeconds: number;
  restartMilliseconds: number;
}

/** An installation, two stacks that name its cluster, and somebody who works on it by hand. */
export abstract class World {
  abstract readonly stacks: readonly [Stack, Stack];
  /** The provider's and the cluster's. */
  clock = new ReadyClock(() => this.rekeyIsOver());
  readonly installation: Installation;
  private readonly folder = mkdtempSync(join(tmpdir(), "ekm-model-"));

  constructor(private readonly options: WorldOptions) {
    const { rekeySeconds } = options;
    this.installation = new Installation(this.folder, {
      password: PASSWORD,
      rekeySeconds,
      switches: SWITCHES,
      now: () => this.clock.now(),
    });
  }

  async open(): Promise<void> {
    await this.installation.start();
    await this.installation.keep(BARE);
  }

  /** Makes everything as it was at first. */
  async reset(): Promise<void> {
    this.clock = new ReadyClock(() => this.rekeyIsOver());
    this.releaseRekeys();
    await this.installation.restore(BARE);
  }

  async close(): Promise<void> {
    await this.installation.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Calls a method of the vendor's SDK, by its Python name. */
  async byHand(method: string, args: Record<string, unknown> = {}): Promise<Answer> {
    await this.installation.inService();
    return this.options.operator.call(this.installation.cluster, method, args);
  }

  restartCluster(): Promise<void> {
    return this.installation.restart(this.options.restartMilliseconds);
  }

  /** Rekeys stay where they are until they are released. */
  holdRekeys(): void {
    this.installation.cluster.switches.rekeySeconds = HELD_SECONDS;
  }

  releaseRekeys(): void {
    this.installation.cluster.switches.rekeySeconds = this.options.rekeySeconds;
  }

  /** Resolves when no rekey goes on by itself. */
  async rekeyIsOver(): Promise<void> {
    await this.installation.inService();
    const { cluster } = this.installation;
    while (cluster.state().softwareEncryption.rekey && cluster.switches.rekeySeconds < HELD_SECONDS) await turn();
  }

  /** Lets come to an end what still works on the cluster though nobody waits for it. */
  abstract settle(): Promise<void>;
  /** Who acts first when several do: numbers to pick by, used in turn. */
  abstract shuffle(picks: number[]): void;
}

/** How many calls have gone wrong by a fault rule. */
export const hitsOf = ({ installation }: World): number =>
  installation.cluster.faults.list().reduce((sum, { hits }) => sum + hits, 0);

/** A clock that is moved, on which nobody sees a rekey halfway: whether one is over at a look is no matter of chance. */
class ReadyClock extends MovedClock {
  constructor(private readonly ready: () => Promise<void>) {
    super();
  }

  override async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await super.sleep(milliseconds, signal);
    await this.ready();
  }
}
