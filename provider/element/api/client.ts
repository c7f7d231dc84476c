import type { Clock, Timer } from "../../clock";
import type { Place } from "../../errors";
import { resultOf } from "./answer";
import type { Call } from "./call";
import { connectionError } from "./connection-error";
import { Login } from "./login";
import { METHODS } from "./methods";
import { pauseBeforeRetry } from "./retries";
import type { HttpAnswer, Transport } from "./transport";
import { proxyInWords } from "./tunnel";
import type { Method, Params, Result } from "./types";

/** Longer than the cluster's own patience with a key server that does not answer. */
const KEY_SERVER_TIMEOUT_SECONDS = 120;
const TIMEOUT_SECONDS = 30;
/** A plan that asks for more than is needed must not wait for it: nothing of what it looks at contacts a key server. */
const HURRIED_TIMEOUT_SECONDS = 3;

/** JSON-RPC to one cluster: envelope, deadlines, retries. */
export class ElementClient {
  private nextId = 1;

  constructor(
    private readonly place: Place,
    private readonly endpoint: string,
    private readonly transport: Transport,
    private readonly clock: Clock & Timer,
    private readonly login = new Login(),
  ) {}

  /** Calls `method`, again where {@link pauseBeforeRetry} allows it and nobody is in a hurry. */
  async call<M extends Method>(
    apiVersion: string,
    method: M,
    params: Params<M>,
    { signal, isHurried = false }: { signal?: AbortSignal; isHurried?: boolean } = {},
  ): Promise<Result<M>> {
    const { place, endpoint } = this;
    const { secrets, proxy } = this.transport;
    const via = proxy && proxyInWords(proxy);
    for (let tries = 1; ; tries += 1) {
      try {
        const call = { method, apiVersion, place, endpoint, via, tries, secrets };
        return await this.login.attempt(() => this.callOnce(call, params, isHurried));
      } catch (error) {
        if (isHurried) throw error;
        const pause = pauseBeforeRetry(error, METHODS[method].effect, tries);
        if (pause === undefined) throw error;
        await this.clock.sleep(pause, signal);
      }
    }
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private async callOnce<M extends Method>(call: Call<M>, params: Params<M>, isHurried: boolean): Promise<Result<M>> {
    const { method, apiVersion } = call;
    const patience = METHODS[method].contactsKeyServer ? KEY_SERVER_TIMEOUT_SECONDS : TIMEOUT_SECONDS;
    const seconds = isHurried ? HURRIED_TIMEOUT_SECONDS : patience;
    const body = JSON.stringify({ method, params, id: this.nextId++ });
    let answer: HttpAnswer;
    try {
      answer = await this.transport.post(`/json-rpc/${apiVersion}`, body, () => this.clock.timeout(seconds * 1000));
    } catch (error) {
      throw connectionError(call, error, seconds);
    }
    return resultOf(call, answer);
  }
}
