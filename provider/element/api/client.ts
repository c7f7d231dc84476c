import type { Clock } from "../../clock";
import type { Explanation } from "../../errors";
import { parseAnswer } from "./answer";
import {
  ClusterCertificateError,
  ClusterHandshakeError,
  ClusterLoginError,
  ClusterUnreachableError,
  ElementApiError,
  PermissionDeniedError,
  UnexpectedAnswerError,
} from "./errors";
import { HandshakeError } from "./handshake";
import { accessTypesOf, METHODS } from "./methods";
import type { HttpAnswer, Transport } from "./transport";
import { UntrustedCertificateError } from "./trust";
import type { Method, Params, Result } from "./types";

/** The errors that Element documents as passing, with the remedy "retry the call". */
const TRANSIENT_ERRORS = new Set(["xDBVersionMismatch", "xDBConnectionLoss"]);
/** Waits between the tries of a call that may be repeated. */
const RETRY_DELAYS_MS = [250, 500, 1000, 2000, 4000];
/** Longer than the cluster's own patience with a key server that does not answer. */
const KEY_SERVER_TIMEOUT_MS = 120_000;
const TIMEOUT_MS = 30_000;

/** JSON-RPC to one cluster: envelope, errors, retries. */
export class ElementClient {
  private nextId = 1;

  constructor(
    private readonly clusterName: string,
    private readonly endpoint: string,
    private readonly transport: Transport,
    private readonly clock: Clock,
  ) {}

  /**
   * Calls `method`. Reads are repeated after a broken connection; everything but creates and rekeys after an error that
   * Element documents as passing.
   */
  async call<M extends Method>(
    apiVersion: string,
    method: M,
    params: Params<M>,
    signal?: AbortSignal,
  ): Promise<Result<M>> {
    const { effect } = METHODS[method];
    for (const delay of RETRY_DELAYS_MS) {
      try {
        return await this.callOnce(apiVersion, method, params);
      } catch (error) {
        const broken = error instanceof ClusterUnreachableError && effect === "read";
        const transient =
          error instanceof ElementApiError && TRANSIENT_ERRORS.has(error.vendorName) && effect !== "create";
        if (!broken && !transient) throw error;
        await this.clock.sleep(delay, signal);
      }
    }
    return this.callOnce(apiVersion, method, params);
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private async callOnce<M extends Method>(apiVersion: string, method: M, params: Params<M>): Promise<Result<M>> {
    const timeout = METHODS[method].contactsKeyServer ? KEY_SERVER_TIMEOUT_MS : TIMEOUT_MS;
    const body = JSON.stringify({ method, params, id: this.nextId++ });
    let answer: HttpAnswer;
    try {
      answer = await this.transport.post(`/json-rpc/${apiVersion}`, body, timeout);
    } catch (error) {
      throw this.connectionError(method, error);
    }
    return this.resultOf(method, answer);
  }

  private resultOf<M extends Method>(method: M, { status, body }: HttpAnswer): Result<M> {
    if (status === 401) {
      throw new ClusterLoginError(
        this.explain(
          method,
          "the cluster refused the user name or password (HTTP 401)",
          "correct the connection's credentials",
        ),
      );
    }
    if (status >= 500) {
      throw new ClusterUnreachableError(
        this.explain(
          method,
          `the cluster answered with HTTP ${status}`,
          "wait until the cluster is in service and run again",
        ),
      );
    }
    const response = parseAnswer(body);
    // A node that boots or is upgraded answers 200 with a literal null.
    if (response === null) {
      throw new ClusterUnreachableError(
        this.explain(method, "the answer was empty, as from a node that is starting", "run again when the node is up"),
      );
    }
    const error = response?.error ?? undefined;
    if (
      status !== 200 ||
      response === undefined ||
      !(error === undefined ? isObject(response.result) : isRefusal(error))
    ) {
      throw new UnexpectedAnswerError(
        this.explain(
          method,
          `HTTP ${status} with a body that is no JSON-RPC answer`,
          `check that ${this.endpoint} is an Element cluster's management address`,
        ),
      );
    }
    if (error !== undefined) throw this.apiError(method, error);
    return response.result as Result<M>;
  }

  private apiError(method: Method, { name, message }: { name: string; message: string }): Error {
    const reason = `${name}: ${message}`.slice(0, LONGEST_REASON);
    if (name === "xPermissionDenied" || name === "xUnknownUsername") {
      return new PermissionDeniedError(
        this.explain(
          method,
          reason,
          `use an account with the access type ${accessTypesOf(method).join(" or ")}, which this method needs`,
        ),
      );
    }
    return new ElementApiError(
      this.explain(method, reason, "see the cluster's faults and the API reference of this method"),
      name,
    );
  }

  private connectionError(method: Method, error: unknown): Error {
    const cause = error as NodeJS.ErrnoException;
    if (error instanceof UntrustedCertificateError) {
      return new ClusterCertificateError(
        this.explain(method, `${this.endpoint} is not trusted: ${error.message}`, error.wayOut),
      );
    }
    if (error instanceof HandshakeError) {
      return new ClusterHandshakeError(this.explain(method, `${this.endpoint} ${error.message}`, error.wayOut), {
        cause,
      });
    }
    return new ClusterUnreachableError(
      this.explain(
        method,
        `${this.endpoint} gave no answer (${cause.code ?? cause.name}: ${cause.message})`,
        "check the address, the network and that the cluster is up, then run again",
      ),
      { cause },
    );
  }

  private explain(method: Method, reason: string, wayOut: string): Explanation {
    return { attempt: `calling ${method}`, cluster: this.clusterName, reason, wayOut };
  }
}

/** In characters: more than any refusal of a cluster has, and little enough for a terminal. */
const LONGEST_REASON = 2_000;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** An error as Element sends it. */
const isRefusal = (error: unknown): boolean =>
  isObject(error) && "name" in error && "message" in error && [error.name, error.message].every(isText);

const isText = (value: unknown): value is string => typeof value === "string";
