import { type Cluster, forgetFailure } from "./cluster";
import { METHODS } from "./methods";
import type { Method, Params, Result } from "./types";

/** A cluster that is asked each question once: many objects are looked at in one list. */
export class AskedOnce implements Cluster {
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(private readonly cluster: Cluster) {}

  get name() {
    return this.cluster.name;
  }

  get place() {
    return this.cluster.place;
  }

  get settings() {
    return this.cluster.settings;
  }

  get tlsVerification() {
    return this.cluster.tlsVerification;
  }

  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    if (METHODS[method].effect !== "read") return this.cluster.call(method, params);
    const question = JSON.stringify([method, params]);
    const given = this.answers.get(question) as Promise<Result<M>> | undefined;
    if (given !== undefined) return given;
    const answer = forgetFailure(this.cluster.call(method, params), () => this.answers.delete(question));
    this.answers.set(question, answer);
    return answer;
  }

  supports(method: Method) {
    return this.cluster.supports(method);
  }

  clusterInfo() {
    return this.cluster.clusterInfo();
  }

  hurried() {
    return this.cluster.hurried();
  }
}
