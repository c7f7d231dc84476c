import type { Clock } from "../../core/clock";
import type { HttpAnswer, HttpRequest, Transport } from "./transport";

/** Proves to a system who calls it. */
export interface Proof {
  /** Headers of every request. */
  headers: Readonly<Record<string, string>>;
  /** No text of the system may show them. */
  secrets: readonly string[];
  /** When it is of no more use, if that is known. */
  ends?: Date;
}

/** Sends a request that carries no proof, such as the login itself. */
export type Exchange = (request: HttpRequest) => Promise<HttpAnswer>;

/** How a system wants to have proven who calls it. */
export interface Credentials {
  /** Given secrets, which no text of the system may show. */
  readonly secrets: readonly string[];
  /**
   * Gives a proof, or fetches another one when the former has ended or was refused. Where there is but one, it is the same
   * one each time.
   *
   * @throws LoginRefusedError
   */
  prove(exchange: Exchange): Promise<Proof>;
  /**
   * What an answer says against the proof that its request carried; `undefined` when it was accepted. A system that says the
   * same of a call that nobody may make is told by `isFresh` apart: a proof that was just fetched is no old one.
   */
  refusalIn(answer: HttpAnswer, isFresh: boolean): LoginRefusedError | undefined;
}

/** The system does not accept the credentials. */
export class LoginRefusedError extends Error {
  constructor(
    reason: string,
    readonly wayOut: string,
  ) {
    super(reason);
  }
}

/** User name and password in every request. */
export function basic(noun: string, username: string, password: string): Credentials {
  const login = Buffer.from(`${username}:${password}`).toString("base64");
  const secrets = [login, password];
  const proof: Proof = { headers: { authorization: `Basic ${login}` }, secrets };
  return {
    secrets,
    prove: async () => proof,
    refusalIn: ({ status }) =>
      status === 401
        ? new LoginRefusedError(
            `the ${noun} refused the user name or password (HTTP 401)`,
            "correct the connection's credentials",
          )
        : undefined,
  };
}

/**
 * The proof that credentials give, for all that log in with them. It is renewed when it has ended, or was refused; requests
 * that wait for one share it.
 */
export class SharedProof<Of extends Credentials = Credentials> {
  private readonly shown: Set<string>;
  private known?: Proof;
  private fetching?: Promise<Proof>;

  constructor(
    readonly credentials: Of,
    private readonly clock: Pick<Clock, "now">,
  ) {
    this.shown = new Set(credentials.secrets);
  }

  /** All that the credentials and their proofs so far must not show. */
  get secrets(): readonly string[] {
    return [...this.shown];
  }

  /**
   * @param refused the proof that a system did not accept
   * @throws LoginRefusedError
   */
  async usable(exchange: Exchange, refused?: Proof): Promise<Proof> {
    const { known } = this;
    const hasEnded = known?.ends !== undefined && this.clock.now() >= known.ends;
    if (known !== undefined && known !== refused && !hasEnded) return known;
    this.fetching ??= this.fetched(exchange).finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  private async fetched(exchange: Exchange): Promise<Proof> {
    const proof = await this.credentials.prove(exchange);
    for (const secret of proof.secrets) this.shown.add(secret);
    this.known = proof;
    return proof;
  }
}

/**
 * A transport whose requests carry a proof, which is renewed once for a request that is refused. Each exchange has a deadline
 * of its own.
 *
 * @throws LoginRefusedError
 */
export function authenticated(transport: Transport, proofs: SharedProof): Transport {
  const { credentials } = proofs;
  return {
    get secrets() {
      return [...transport.secrets, ...proofs.secrets];
    },
    proxy: transport.proxy,
    async send(request, startDeadline) {
      const exchange: Exchange = (unproven) => transport.send(unproven, startDeadline);
      const carrying = ({ headers }: Proof) => exchange({ ...request, headers: { ...request.headers, ...headers } });
      const proof = await proofs.usable(exchange);
      const answer = await carrying(proof);
      const refusal = credentials.refusalIn(answer, false);
      if (refusal === undefined) return answer;
      const renewed = await proofs.usable(exchange, proof);
      if (renewed === proof) throw refusal;
      const answerToRenewed = await carrying(renewed);
      const lastRefusal = credentials.refusalIn(answerToRenewed, true);
      if (lastRefusal !== undefined) throw lastRefusal;
      return answerToRenewed;
    },
    close: () => transport.close(),
  };
}
