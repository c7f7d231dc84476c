import { ApiError, ConnectionLoginError, PermissionDeniedError } from "../errors";

/**
 * One account at one endpoint, with what proves it. Accounts are locked for a few refused logins: until this one is proven, one
 * call at a time goes out, and none once it is refused.
 */
export class Login {
  private state: "unproven" | "proven" | ConnectionLoginError = "unproven";
  private proof?: Promise<unknown>;
  private common?: object;

  async attempt<T>(call: () => Promise<T>): Promise<T> {
    while (this.state === "unproven" && this.proof !== undefined) await this.proofOfAnother(this.proof);
    if (this.state instanceof ConnectionLoginError) throw this.state;
    const answer = this.noted(call());
    if (this.state === "proven") return answer;
    this.proof = answer;
    try {
      return await answer;
    } finally {
      this.proof = undefined;
    }
  }

  /** A failure of the first call that proves nothing is the fate of the calls that waited for it. */
  private async proofOfAnother(call: Promise<unknown>): Promise<void> {
    try {
      await call;
    } catch (error) {
      if (this.state === "unproven") throw error;
    }
  }

  shared<T extends object>(make: () => T): T {
    this.common ??= make();
    return this.common as T;
  }

  private async noted<T>(answer: Promise<T>): Promise<T> {
    try {
      const result = await answer;
      this.prove();
      return result;
    } catch (error) {
      if (error instanceof ConnectionLoginError) this.state = error;
      if (error instanceof ApiError || error instanceof PermissionDeniedError) this.prove();
      throw error;
    }
  }

  private prove(): void {
    if (this.state === "unproven") this.state = "proven";
  }
}

/** The logins of a process: connections by several names may lead to one account. */
export class Logins {
  private readonly known = new Map<string, Login>();

  /** @param account what tells it from every other one, its secrets among it */
  of(...account: string[]): Login {
    const key = JSON.stringify(account);
    const login = this.known.get(key) ?? new Login();
    this.known.set(key, login);
    return login;
  }
}
