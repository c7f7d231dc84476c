import type { ConnectionRuntime } from "../../../../core/system";
import { formsOf } from "../texts";
import type { ManagedObjectReference, Params, Result, ServiceContent, SoapMethod } from "../types";
import { listKeyHolders } from "./key-holders";
import { PLAIN_METHODS, type PlainFacts, type PlainMethod } from "./methods";
import type { Ask, SoapRequests } from "./requests";
import { retrieveStatus } from "./status-task";

/** The Web Services API of one vCenter: calls that end when their tasks have ended. */
export class SoapClient {
  constructor(
    /** Requests in a session. */
    private readonly requests: SoapRequests,
    private readonly runtime: Pick<ConnectionRuntime, "clock" | "signal">,
  ) {}

  async call<M extends SoapMethod>(
    method: M,
    params: Params<M>,
    content: ServiceContent,
    cryptoManager: ManagedObjectReference,
  ): Promise<Result<M>> {
    const ask: Ask = (question) => this.requests.ask(question, content.about.apiVersion);
    return this.answered({ method, params } as Asked, ask, content, cryptoManager) as Promise<Result<M>>;
  }

  private answered(asked: Asked, ask: Ask, content: ServiceContent, cryptoManager: ManagedObjectReference) {
    switch (asked.method) {
      case "RetrieveKmipServersStatus_Task":
        return retrieveStatus(ask, cryptoManager, content.propertyCollector, asked.params.clusters, this.runtime);
      case "RetrievePropertiesEx":
        return listKeyHolders(ask, content, asked.params.type);
      default:
        return plain(asked.method, asked.params as never, ask, cryptoManager);
    }
  }
}

type Asked = { [M in SoapMethod]: { method: M; params: Params<M> } }[SoapMethod];

function plain<M extends PlainMethod>(
  method: M,
  params: Params<M>,
  ask: Ask,
  self: ManagedObjectReference,
): Promise<Result<M>> {
  const { parameters, secretsIn, ...facts }: PlainFacts<M> = PLAIN_METHODS[method];
  const secrets = secretsIn?.(params).flatMap((secret) => (secret === undefined ? [] : formsOf(secret)));
  return ask({ ...facts, method, self, parameters: parameters(params), secrets });
}
