import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { projectRoot } from "../../../tools/engine/paths";
import { pythonInterpreter } from "../python";

/** The cluster to work on. */
export interface Console {
  endpoint: string;
  username: string;
  password: string;
}

/** What a call came to: the cluster's answer, or the name of its refusal, or why there was no answer. */
export type Answer = { result: Record<string, unknown> } | { refused: string };

/** Somebody who works on clusters by hand, with the vendor's Python SDK, in one process for as many calls as there are. */
export class Operator {
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly python: ChildProcess,
    private readonly answers: AsyncIterator<string>,
  ) {}

  static async start(): Promise<Operator> {
    const script = join(projectRoot, "tests/interop/element-sdk/serve_commands.py");
    const python = spawn(await pythonInterpreter(), ["-W", "ignore", script], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: python.stdout as NodeJS.ReadableStream });
    return new Operator(python, lines[Symbol.asyncIterator]());
  }

  /** Calls a method of the SDK by its Python name; one call at a time. */
  call(cluster: Console, method: string, args: Record<string, unknown> = {}): Promise<Answer> {
    const answer = this.last.then(() => this.ask(cluster, method, args));
    this.last = answer.catch(() => {});
    return answer;
  }

  async stop(): Promise<void> {
    const exited = once(this.python, "exit");
    this.python.stdin?.end();
    await exited;
  }

  private async ask({ endpoint, username, password }: Console, call: string, args: object): Promise<Answer> {
    const { hostname: host, port } = new URL(endpoint);
    this.python.stdin?.write(`${JSON.stringify({ host, port: Number(port), username, password, call, args })}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`${call} by hand: the SDK's process has ended`);
    return JSON.parse(value);
  }
}
