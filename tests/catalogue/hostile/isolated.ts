import { connecting, Driver } from "../../kit/driver";
import type { Material } from "../../kit/material";
import type { SimulatedSystem } from "../../kit/simulated";

/**
 * A provider process without a network: every call to a system is recorded, and refused unless it is a look that `looks`
 * allows.
 */
export class Isolated extends Driver {
  readonly calls: readonly string[];

  constructor(looks: "none" | "reads", now: Date, material: Material, simulated?: SimulatedSystem) {
    const calls: string[] = [];
    const answers = looks === "reads" ? simulated?.answers(material) : undefined;
    const connection = simulated?.offline(async (method) => {
      calls.push(method);
      const answer = answers?.[method];
      if (answer === undefined) throw new Error(`check called ${method}`);
      return answer;
    });
    super("urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/any:Any::main", {
      clock: { now: () => now, sleep: () => Promise.reject(new Error("a check waits for nothing")) },
      ...(connection && { connection: connecting(connection) }),
    });
    this.calls = calls;
  }
}
