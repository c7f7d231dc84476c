import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";
import type { Answers, Order } from "./messages";

/** Compiled: a process of Node's own loads it. */
const SERVE = join(projectRoot, "dist/tests/bench/host/serve.js");

/** A process of its own with simulated clusters. Does one thing at a time. */
export class Host {
  private readonly child: ChildProcess = fork(SERVE);
  private turn: Promise<unknown> = Promise.resolve();

  ask<O extends Order>(order: O): Promise<Answers[O["do"]]> {
    const answer = this.turn.then(() => this.exchange(order));
    this.turn = answer.catch(() => {});
    return answer as Promise<Answers[O["do"]]>;
  }

  async end(): Promise<void> {
    await this.ask({ do: "end" });
    this.child.disconnect();
  }

  private async exchange(order: Order): Promise<unknown> {
    this.child.send(order);
    const [{ answer, failure }] = await once(this.child, "message");
    if (failure !== undefined) throw new Error(`the clusters' process: ${failure}`);
    return answer;
  }
}
