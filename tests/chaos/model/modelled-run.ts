import type { Lifecycle } from "../../../provider/core/lifecycle";
import { type ResourceToken, registry } from "../../../provider/systems/registry";
import { Resource, Run } from "../../element/harness";
import type { MachineJournal } from "../../kit/machine-journal";
import type { MovedClock } from "../../kit/moved-clock";
import type { Outcome } from "../../kit/resource";
import type { Installation } from "../installation";
import { isReached } from "../strike-point";
import type { Kind } from "./declaration";
import { type Interruption, REFUSED_BY_CHECK, type RunReport, tokenOf } from "./stack";
import type { Hand, Turns } from "./turns";

/** What all modelled runs have in common. */
export interface Ground {
  installation: Installation;
  clock: MovedClock;
  journal: MachineJournal;
  turns: Turns;
  /** What ended a provider process that nobody watched any more. */
  defects: unknown[];
}

export type ModelledResource = Resource<object, object>;

/** One run of the modelled engine, with a provider process of its own. */
export class ModelledRun {
  private readonly process: Run;
  /** The same at the time of day: TLS has no other clock, and refuses a certificate of the future. */
  private readonly authority: Run;
  private readonly codes: string[] = [];
  private readonly steps: string[] = [];
  private readonly messages: string[] = [];
  private readonly calls: string[] = [];
  /** Nothing more is begun. */
  isStopped = false;
  /** Nobody keeps what is still done. */
  isKilled = false;

  private constructor(
    private readonly ground: Ground,
    private readonly hand: Hand,
    stack: string,
    private readonly interruption: Interruption | undefined,
    private readonly onKilled: (report: RunReport) => void,
  ) {
    this.authority = new Run({}, { stack });
    this.process = new Run(
      { default: ground.installation.cluster },
      {
        stack,
        clock: ground.clock,
        journal: ground.journal,
        exclusively: (_subject, work) => hand.exclusively(work),
        around: (method, call) => this.around(method, call),
      },
    );
  }

  /** Resolves when the run has ended, or was killed. */
  static perform(
    ground: Ground,
    stack: string,
    interruption: Interruption | undefined,
    work: (run: ModelledRun) => Promise<void>,
  ): Promise<RunReport> {
    return new Promise((resolve, reject) => {
      const done = ground.turns.join(async (hand) => {
        const run = new ModelledRun(ground, hand, stack, interruption, resolve);
        await work(run);
        await run.process.close();
        resolve(run.report(false));
      });
      done.catch((error) => {
        ground.defects.push(error);
        reject(error);
      });
    });
  }

  resource(kind: Kind, name: string): ModelledResource {
    const token = tokenOf(kind) as ResourceToken;
    const lifecycle = registry[token].lifecycle as unknown as Lifecycle<object, object>;
    return new Resource(lifecycle, token, kind === "certificate" ? this.authority : this.process, name);
  }

  /** Notes what became of an operation; one that failed ends the run. */
  note(kind: Kind, outcome: Outcome<object>): void {
    if ("did" in outcome) {
      if (outcome.did !== "unchanged" && outcome.did !== "refreshed") this.steps.push(`${outcome.did} ${kind}`);
    } else if ("refused" in outcome) {
      const reasons = outcome.refused.map(({ property, reason }) => `${kind}.${property}: ${reason}`);
      this.fail(REFUSED_BY_CHECK, ...reasons);
    } else {
      this.fail(outcome.failed, outcome.message);
    }
  }

  fail(code: string, ...messages: string[]): void {
    this.codes.push(code);
    this.messages.push(...messages.map((message) => `${code}: ${message}`));
    this.isStopped = true;
  }

  private report(killed: boolean): RunReport {
    const lines = [...this.authority.lines, ...this.process.lines].map(
      ({ severity, message }) => `${severity}: ${message}`,
    );
    return {
      succeeded: !killed && this.codes.length === 0 && !this.isStopped,
      killed,
      codes: this.codes,
      steps: this.steps,
      output: [...lines, ...this.messages].join("\n"),
      kept: "",
    };
  }

  private async around<T>(method: string, call: () => Promise<T>): Promise<T> {
    await this.hand.pass();
    this.calls.push(method);
    const { interruption } = this;
    const isHit = interruption !== undefined && !this.isKilled && isReached(interruption.call, this.calls);
    if (isHit && interruption.moment === "before") await this.strike(interruption.strike);
    const answer = await call();
    if (isHit && interruption.moment === "after") await this.strike(interruption.strike);
    return answer;
  }

  private async strike(how: Interruption["strike"]): Promise<void> {
    if (typeof how === "function") return how();
    this.isStopped = true;
    if (how === "SIGINT") return;
    this.isKilled = true;
    if (how === "kill the engine alone") {
      this.process.engineLives = false;
      this.hand.abandon();
      this.onKilled(this.report(true));
      return;
    }
    this.ground.turns.leave(this.hand);
    void this.process.close();
    this.onKilled(this.report(true));
    await new Promise(() => {});
  }
}
