import { defaultSwitches } from "../../../../simulator/element/cluster/switches";
import type { CommandResult } from "../../harness";
import { KeyManager, rekeysOf, until } from "../lab";
import { type Command, type Failure, REKEYS, slug } from "./failure";
import { Fleet, type Kept, type Member, PASSWORD, USUAL_SWITCHES } from "./fleet";

/** All clusters at a time. */
const AT_ONCE = ["--parallel", "500"];
const TIMEOUT_SECONDS = 240;

/** Failures, each on a cluster of its own, with one stack for all. */
export class Trial {
  private constructor(
    private readonly failures: Failure[],
    private readonly fleet: Fleet,
    private readonly keyManagers: KeyManager[],
  ) {}

  static async begin(failures: Failure[]): Promise<Trial> {
    const shared = await KeyManager.start();
    const keyManagers = new Map<string, KeyManager>();
    for (const { name, ownKeyServer } of failures) {
      keyManagers.set(slug(name), ownKeyServer ? await KeyManager.start(shared.authority) : shared);
    }
    const trial = new Trial(failures, await Fleet.start(keyManagers), [...new Set([shared, ...keyManagers.values()])]);
    trial.declare("1");
    await trial.finish("up");
    return trial;
  }

  async end(): Promise<void> {
    await this.fleet.end();
    await Promise.all(this.keyManagers.map((keyManager) => keyManager.remove()));
  }

  /** Something of each failure, by its name. */
  each<T>(of: (failure: Failure, member: Member) => T): Record<string, T> {
    return Object.fromEntries(this.failures.map((failure) => [failure.name, of(failure, this.memberOf(failure))]));
  }

  /** Master keys are to be rotated in every new quarter. */
  declare(quarter: string): void {
    const deadlines = this.failures.flatMap(({ name, deadline }) => (deadline ? [[slug(name), deadline]] : []));
    this.fleet.declare(quarter, Object.fromEntries(deadlines));
  }

  /** Runs a command in which nothing goes wrong. */
  async finish(command: Command): Promise<void> {
    const env = { EKM_CLUSTERS: this.fleet.connections() };
    await this.fleet.workspace[command]({ timeoutSeconds: TIMEOUT_SECONDS, env, args: AT_ONCE });
  }

  /** Runs a command in which every cluster meets its failure, and compares what its resources end with. */
  async meet(command: Command, args: string[], quickness: NodeJS.ProcessEnv): Promise<void> {
    const env = { EKM_CLUSTERS: this.fleet.connections(), ...quickness };
    for (const failure of this.failures) await failure[command].inflict(this.memberOf(failure));
    const options = { timeoutSeconds: TIMEOUT_SECONDS, env, args: [...AT_ONCE, ...args], expectFailure: true };
    const result = await this.fleet.workspace[command](options);
    for (const failure of this.failures) await mend(failure, this.memberOf(failure));
    expect(`${result.stdout}${result.stderr}`).not.toContain(PASSWORD);
    expect(this.each((failure) => [...new Set(errorsOf(failure, result).map(codeOf))])).toEqual(
      this.each((failure) => [failure[command].code].filter((code) => code !== undefined)),
    );
    for (const failure of this.failures) {
      const { words, code } = failure[command];
      if (words === undefined) continue;
      expect(errorsOf(failure, result)).toContainEqual(expect.stringMatching(`${code}.*${words}`));
    }
  }

  /** What state holds of each failure's cluster. */
  async state(): Promise<Record<string, Kept>> {
    const kept = await this.fleet.state();
    return this.each(({ name }) => kept.get(slug(name)) ?? {});
  }

  /** What there must not be two of. */
  made() {
    return this.each((_failure, { cluster }) => {
      const { keyServers, keyProviders, keyPair, lastIDs } = cluster.state();
      return {
        keyServers,
        keyProviders,
        keyPair,
        made: { servers: lastIDs.keyServer, providers: lastIDs.keyProvider },
      };
    });
  }

  /** Rekeys were done as they were asked for, and the data can still be read. */
  async expectRekeys(command: Command): Promise<void> {
    expect(this.each((_failure, { cluster }) => rekeysOf(cluster))).toEqual(
      this.each(({ rekeys = REKEYS }) => rekeys[command]),
    );
    for (const { cluster } of this.fleet.members.values()) expect(await cluster.unwrapDataKey()).toBe(true);
  }

  private memberOf({ name }: Failure): Member {
    return this.fleet.members.get(slug(name)) as Member;
  }
}

/** What a failed up must leave as it was: all but what the master key's resource tells of a rekey under way. */
export function promised({ MasterKey, ...others }: Kept = {}) {
  const { recordedKeyID, rotationTriggers } = MasterKey?.outputs ?? {};
  return { ...others, MasterKey: { id: MasterKey?.id, recordedKeyID, rotationTriggers } };
}

const errorsOf = ({ name }: Failure, { diagnostics }: CommandResult): string[] =>
  diagnostics
    .filter(({ urn, severity }) => severity === "error" && urn?.endsWith(`::${slug(name)}`))
    .map(({ message }) => message);

const codeOf = (message: string): string => /EKM_[A-Z_]+/.exec(message)?.[0] ?? message;

async function mend(failure: Failure, member: Member): Promise<void> {
  member.beforeAnswer = () => {};
  await failure.mend?.(member);
  member.cluster.faults.clear();
  Object.assign(member.cluster.switches, defaultSwitches(), USUAL_SWITCHES);
  await until(() => member.cluster.state().softwareEncryption.rekey === undefined);
}
