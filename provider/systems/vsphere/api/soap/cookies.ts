import type { HttpAnswer, Transport } from "../../../../connections/https/transport";

/** A transport whose requests carry the cookies that earlier answers have set. */
export class CookieJar implements Transport {
  private readonly cookies = new Map<string, string>();
  /** Values that have been cookies: those of ended sessions are secrets still. */
  private readonly known = new Set<string>();

  constructor(private readonly transport: Transport) {}

  get secrets(): readonly string[] {
    return [...this.transport.secrets, ...this.known];
  }

  get proxy() {
    return this.transport.proxy;
  }

  async send(...[request, startDeadline]: Parameters<Transport["send"]>): Promise<HttpAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = cookie === "" ? request.headers : { ...request.headers, cookie };
    const answer = await this.transport.send({ ...request, headers }, startDeadline);
    for (const each of [answer.headers["set-cookie"] ?? []].flat()) this.keep(each);
    return answer;
  }

  /** A vCenter refuses a login within a session. */
  empty(): void {
    this.cookies.clear();
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private keep(header: string): void {
    const [, name = "", value = ""] = /^\s*([^=;\s]+)=([^;]*)/.exec(header) ?? [];
    if (name === "") return;
    this.cookies.set(name, value);
    // As it is, and as messages may quote it.
    for (const form of [value, value.replace(/^"|"$/g, "")]) if (form !== "") this.known.add(form);
  }
}
