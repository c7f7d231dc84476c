import type { Call } from "../../../../connections/https/call";
import type { HttpsClient } from "../../../../connections/https/client";
import type { Effect } from "../../../../core/system";
import { asDocumented } from "../answer";
import type { ManagedObjectReference, ServiceContent } from "../types";
import { responseIn } from "./answer";
import { one } from "./reading";
import { serviceContent } from "./results";
import { envelope, type Part } from "./writing";
import type { XmlElement } from "./xml";

const TIMEOUT_SECONDS = 30;
/** Longer than the vCenter's own patience with a key server that does not answer. */
const KEY_SERVER_TIMEOUT_SECONDS = 120;

/** Every version of vSphere that has key providers serves this one. */
const FIRST_VERSION = "6.5";

export interface SoapQuestion<T> {
  method: string;
  effect: Effect;
  /** The object that has the method. */
  self: ManagedObjectReference;
  parameters: readonly Part[];
  /** Reads the element of the answer. */
  read(answer: XmlElement, path: string, call: Call): T;
  contactsKeyServer?: boolean;
  /** Values of the parameters that no text of the vCenter may show. */
  secrets?: readonly string[];
}

/** Asks a question of a vCenter in which somebody is logged in, in the version of its API. */
export type Ask = <T>(question: SoapQuestion<T>) => Promise<T>;

/** Requests of the Web Services API in one of its versions. */
export class SoapRequests {
  constructor(
    private readonly client: HttpsClient,
    private readonly signal: AbortSignal,
  ) {}

  /** @param version of the API in which the answer is to be; an older one leaves members out */
  ask<T>(question: SoapQuestion<T>, version: string, isHurried = false): Promise<T> {
    const { method, effect, self, parameters, read, contactsKeyServer, secrets = [] } = question;
    return this.client.ask(
      {
        method,
        effect,
        timeoutSeconds: contactsKeyServer ? KEY_SERVER_TIMEOUT_SECONDS : TIMEOUT_SECONDS,
        request: () => ({
          verb: "POST",
          path: "/sdk",
          headers: { "content-type": "text/xml; charset=utf-8", soapaction: `"urn:vim25/${version}"` },
          body: envelope(method, self, parameters),
        }),
        read(answer, call) {
          const own = { ...call, secrets: [...call.secrets, ...secrets] };
          return asDocumented(own, () => read(responseIn(own, answer), "answer", own));
        },
      },
      { signal: isHurried ? undefined : this.signal, isHurried },
    );
  }

  /** What a vCenter tells to whoever asks, logged in or not. */
  serviceContent(): Promise<ServiceContent> {
    return this.ask(
      {
        method: "RetrieveServiceContent",
        effect: "read",
        self: { type: "ServiceInstance", value: "ServiceInstance" },
        parameters: [],
        read: (answer, path) => one(serviceContent)(answer, "returnval", path),
      },
      FIRST_VERSION,
    );
  }
}
