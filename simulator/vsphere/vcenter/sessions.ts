import { randomBytes, randomUUID } from "node:crypto";

export interface Session {
  /** What a client shows: a header's value for REST, a cookie's for SOAP. */
  token: string;
  /** By which SOAP speaks of it. */
  key: string;
  user: string;
  createdAt: Date;
  lastAccessedAt: Date;
}

/** Who is logged in, at either door. A vCenter that starts again knows nobody. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();

  constructor(
    private readonly now: () => Date,
    private readonly idleSeconds: () => number,
  ) {}

  open(user: string): Session {
    const [createdAt, token] = [this.now(), randomBytes(20).toString("hex")];
    const session = { token, key: randomUUID(), user, createdAt, lastAccessedAt: createdAt };
    this.#sessions.set(token, session);
    return session;
  }

  /** Whose token this is. Asking keeps the session from ending. */
  use(token: unknown): Session | undefined {
    const session = typeof token === "string" ? this.#sessions.get(token) : undefined;
    if (session === undefined) return undefined;
    const now = this.now();
    if (now.getTime() - session.lastAccessedAt.getTime() > this.idleSeconds() * 1000) {
      this.#sessions.delete(session.token);
      return undefined;
    }
    session.lastAccessedAt = now;
    return session;
  }

  end({ token }: Session): void {
    this.#sessions.delete(token);
  }

  endAll(): void {
    this.#sessions.clear();
  }
}
