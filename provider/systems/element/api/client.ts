import { type Circumstances, HttpsClient } from "../../../connections/https/client";
import type { Transport } from "../../../connections/https/transport";
import type { Clock, Timer } from "../../../core/clock";
import type { Place } from "../../../core/errors";
import type { LoginGate } from "../../../core/system";
import { resultOf } from "./answer";
import { METHODS } from "./methods";
import { ELEMENT } from "./peer";
import type { Method, Params, Result } from "./types";

/** Longer than the cluster's own patience with a key server that does not answer. */
const KEY_SERVER_TIMEOUT_SECONDS = 120;
const TIMEOUT_SECONDS = 30;

/** JSON-RPC to one cluster. */
export class ElementClient {
  private nextId = 1;
  private readonly client: HttpsClient;

  constructor(place: Place, endpoint: string, transport: Transport, clock: Clock & Timer, login?: LoginGate) {
    this.client = new HttpsClient(ELEMENT, place, endpoint, transport, clock, login);
  }

  call<M extends Method>(
    apiVersion: string,
    method: M,
    params: Params<M>,
    circumstances?: Circumstances,
  ): Promise<Result<M>> {
    const { effect, contactsKeyServer } = METHODS[method];
    return this.client.ask(
      {
        method,
        effect,
        timeoutSeconds: contactsKeyServer ? KEY_SERVER_TIMEOUT_SECONDS : TIMEOUT_SECONDS,
        request: () => ({
          verb: "POST",
          path: `/json-rpc/${apiVersion}`,
          headers: { "content-type": "application/json-rpc" },
          body: JSON.stringify({ method, params, id: this.nextId++ }),
        }),
        read: (answer, call) => resultOf({ ...call, method, apiVersion }, answer),
      },
      circumstances,
    );
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
