import type { Clock, Timer } from "../../core/clock";
import { isEkmError, type Place } from "../../core/errors";
import type { Effect, LoginGate } from "../../core/system";
import type { Call } from "./call";
import { connectionError } from "./failures";
import { Login } from "./login";
import type { Peer } from "./peer";
import { pauseBeforeRetry } from "./retries";
import type { HttpAnswer, HttpRequest, Transport } from "./transport";
import { proxyInWords } from "./tunnel";

/** A look that a plan can do without must not hold it up. */
const HURRIED_TIMEOUT_SECONDS = 3;

/** A call, and how its answer is read. */
export interface Question<T> {
  /** In the API's own name. */
  method: string;
  effect: Effect;
  /** The time that a whole answer may take. */
  timeoutSeconds: number;
  /** Asked for each try. */
  request(): HttpRequest;
  /** The result in the answer; throws the error that the answer holds instead. */
  read(answer: HttpAnswer, call: Call): T;
}

export interface Circumstances {
  signal?: AbortSignal;
  /** Asked once, for a few seconds. */
  isHurried?: boolean;
}

/** Calls to one system over HTTPS: deadlines, the login, retries by what a call does, failures in words. */
export class HttpsClient {
  /** Failures of the calls by which a transport proves the login. They were tried again where that is of use. */
  private readonly ofProof = new WeakSet<Error>();

  constructor(
    private readonly peer: Peer,
    private readonly place: Place,
    private readonly endpoint: string,
    private readonly transport: Transport,
    private readonly clock: Clock & Timer,
    private readonly login: LoginGate = new Login(),
  ) {}

  /** Asks, and again where {@link pauseBeforeRetry} allows it and nobody is in a hurry. */
  async ask<T>(question: Question<T>, { signal, isHurried = false }: Circumstances = {}): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.login.attempt(() => this.askOnce(question, this.callOf(question, tries), isHurried));
      } catch (error) {
        if (isHurried || (isEkmError(error) && this.ofProof.has(error))) throw error;
        const pause = pauseBeforeRetry(error, question.effect, this.peer, tries);
        if (pause === undefined) throw error;
        await this.clock.sleep(pause, signal);
      }
    }
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private async askOnce<T>(question: Question<T>, call: Call, isHurried: boolean): Promise<T> {
    const seconds = isHurried ? HURRIED_TIMEOUT_SECONDS : question.timeoutSeconds;
    let answer: HttpAnswer;
    try {
      answer = await this.transport.send(question.request(), () => this.clock.timeout(seconds * 1000));
    } catch (error) {
      if (isEkmError(error)) this.ofProof.add(error);
      throw connectionError(call, this.peer, error, seconds);
    }
    return question.read(answer, call);
  }

  private callOf({ method, effect }: Question<unknown>, tries: number): Call {
    const { place, endpoint, transport } = this;
    const via = transport.proxy && proxyInWords(transport.proxy);
    return {
      method,
      effect,
      place,
      endpoint,
      via,
      tries,
      // What is fetched for the call belongs to them as well.
      get secrets() {
        return transport.secrets;
      },
    };
  }
}
