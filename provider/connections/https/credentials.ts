import type { Clock } from "../../core/clock";
import type { HttpAnswer, HttpRequest, Transport } from "./transport";

/** What proves to a system who calls it. */
export interface Proof {
  /** Headers of every request. */
  headers: Readonly<Record<string, string>>;
  /** Nothing that the system says back may show them. */
  secrets: readonly string[];
  /** When it is of no more use, if that is known. */
  ends?: Date;
}

/** Sends a request that carries no proof, such as the login itself. */
export type Exchange = (request: HttpRequest) => Promise<HttpAnswer>;

/** How a system wants to have proven who calls it. */
export interface Credentials {
  /** What is given for it: nothing that the system says back may show it. */
  readonly secrets: readonly string[];
  /**
   * Gives a proof, or fetches another one when the former has ended or was refused. Where there is but one, it is the same
   * one each time.
   *
   * @throws LoginRefusedError
   */
  prove(exchange: Exchange): Promise<Proof>;
  /** What an answer says against the proof that its request carried; `undefined` when it was accepted. */
  refusalIn(answer: HttpAnswer): LoginRefusedError | undefined;
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
 * A transport whose requests carry a proof of `credentials`. It is renewed when it has ended, and once for a request that is
 * refused; requests that wait for one share it. Each exchange has a deadline of its own.
 *
 * @throws LoginRefusedError
 */
export function authenticated(transport: Transport, credentials: Credentials, clock: Clock): Transport {
  const secrets = new Set([...transport.secrets, ...credentials.secrets]);
  let known: Proof | undefined;
  let fetching: Promise<Proof> | undefined;

  async function fetched(exchange: Exchange): Promise<Proof> {
    const proof = await credentials.prove(exchange);
    for (const secret of proof.secrets) secrets.add(secret);
    known = proof;
    return proof;
  }

  async function usableProof(exchange: Exchange, refused?: Proof): Promise<Proof> {
    const hasEnded = known?.ends !== undefined && clock.now() >= known.ends;
    if (known !== undefined && known !== refused && !hasEnded) return known;
    fetching ??= fetched(exchange).finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  return {
    get secrets() {
      return [...secrets];
    },
    proxy: transport.proxy,
    async send(request, startDeadline) {
      const exchange: Exchange = (unproven) => transport.send(unproven, startDeadline);
      const carrying = ({ headers }: Proof) => exchange({ ...request, headers: { ...request.headers, ...headers } });
      const proof = await usableProof(exchange);
      const answer = await carrying(proof);
      const refusal = credentials.refusalIn(answer);
      if (refusal === undefined) return answer;
      const renewed = await usableProof(exchange, proof);
      if (renewed === proof) throw refusal;
      const answerToRenewed = await carrying(renewed);
      const lastRefusal = credentials.refusalIn(answerToRenewed);
      if (lastRefusal !== undefined) throw lastRefusal;
      return answerToRenewed;
    },
    close: () => transport.close(),
  };
}
