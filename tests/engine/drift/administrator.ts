import { type Console, Operator } from "../../interop/element-sdk/operator";
import { until } from "../acceptance/lab";

/** Somebody who administers one cluster through the vendor's SDK, and means every call to succeed. */
export class Administrator {
  private constructor(
    private readonly operator: Operator,
    private readonly console: () => Console,
  ) {}

  /** @param console how the cluster is reached at the time of a call */
  static async start(console: () => Console): Promise<Administrator> {
    return new Administrator(await Operator.start(), console);
  }

  /** Calls a method of the SDK's, with arguments in the SDK's names. */
  async call(method: string, args: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const answer = await this.operator.call(this.console(), method, args);
    if ("result" in answer) return answer.result;
    throw new Error(`${method} by hand was refused: ${answer.refused}`);
  }

  /** Rekeys the master key and waits for it as the vendor's documents show it: the look at the end deletes the result. */
  async rekey(target: { key_management_type: "Internal" | "External"; key_provider_id?: number }): Promise<void> {
    const { asyncHandle } = await this.call("rekey_software_encryption_at_rest_master_key", target);
    await until(async () => {
      const { status, error } = await this.call("get_async_result", { async_handle: asyncHandle, keep_result: false });
      if (error !== undefined) throw new Error(`the rekey by hand failed: ${JSON.stringify(error)}`);
      return status === "complete";
    });
  }

  end(): Promise<void> {
    return this.operator.stop();
  }
}
