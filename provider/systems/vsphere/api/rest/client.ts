import { ApiError } from "../../../../connections/errors";
import type { Call } from "../../../../connections/https/call";
import type { HttpsClient } from "../../../../connections/https/client";
import { pauseBeforeRetry } from "../../../../connections/https/retries";
import { name } from "../../../../connections/https/shapes";
import type { ConnectionRuntime } from "../../../../core/system";
import { asDocumented, unexpected } from "../answer";
import { VCENTER } from "../peer";
import { formsOf } from "../texts";
import type { Params, RestOperation, Result } from "../types";
import { contentOf } from "./answer";
import { REST_OPERATIONS, type RestFacts } from "./operations";
import { REST_RESULTS } from "./results";
import { followed } from "./tasks";

const TIMEOUT_SECONDS = 30;
/** Of a read whose task was forgotten each time before it could be looked at. */
const MOST_READS = 3;

/** The Automation API of one vCenter: calls that end when their tasks have ended. */
export class RestClient {
  constructor(
    /** Its requests carry a session. */
    private readonly client: HttpsClient,
    private readonly runtime: Pick<ConnectionRuntime, "clock" | "signal">,
  ) {}

  /**
   * A write whose task has been forgotten counts as done: nobody can tell but who looks at the object, as everybody does
   * after a write.
   */
  async call<O extends RestOperation>(operation: O, params: Params<O>): Promise<Result<O>> {
    const { effect, isTask }: RestFacts<O> = REST_OPERATIONS[operation];
    for (let tries = 1; ; tries += 1) {
      const { call, content } = await this.asked(operation, params, tries);
      const shaped = (value: unknown, path: string) => asDocumented(call, () => REST_RESULTS[operation](value, path));
      if (!isTask) return shaped(content, "answer");
      const id = asDocumented(call, () => name(content, "the id of the task"));
      try {
        const end = await followed(this.client, call, id, this.runtime);
        if (end.kind === "succeeded") return shaped(end.result, "result");
        if (effect !== "read") return shaped(undefined, "result");
        if (tries === MOST_READS) throw unexpected(call, "it knows nothing of the task that it has just made");
      } catch (error) {
        // What is refused at once has been tried again already.
        const pause = error instanceof ApiError ? pauseBeforeRetry(error, effect, VCENTER, tries) : undefined;
        if (pause === undefined) throw error;
        await this.runtime.clock.sleep(pause, this.runtime.signal);
      }
    }
  }

  private asked<O extends RestOperation>(
    operation: O,
    params: Params<O>,
    tries: number,
  ): Promise<{ call: Call; content: unknown }> {
    const { effect, request, secretsIn }: RestFacts<O> = REST_OPERATIONS[operation];
    const given = secretsIn?.(params).flatMap((secret) => (secret === undefined ? [] : formsOf(secret))) ?? [];
    return this.client.ask(
      {
        method: operation,
        effect,
        timeoutSeconds: TIMEOUT_SECONDS,
        request: () => request(params),
        read(answer, call) {
          const own = { ...call, tries: Math.max(tries, call.tries), secrets: [...call.secrets, ...given] };
          return { call: own, content: contentOf(own, answer) };
        },
      },
      { signal: this.runtime.signal },
    );
  }
}
