import type { System, SystemConnection } from "../../core/system";

type Call = (method: never, params: never) => Promise<unknown>;

/** A connection that is asked each question once: many objects are looked at in one list. */
export function askedOnce<Connection extends SystemConnection>(
  { calls }: Pick<System<never, Connection>, "calls">,
  connection: Connection,
): Connection {
  const answers = new Map<string, Promise<unknown>>();
  return intercepted(connection, (method, params) => {
    if (calls[method]?.effect !== "read") return connection.call(method, params);
    const question = JSON.stringify([method, params]);
    const given = answers.get(question);
    if (given !== undefined) return given;
    const answer = connection.call(method, params);
    answers.set(question, answer);
    // A failure may pass.
    answer.catch(() => answers.delete(question));
    return answer;
  });
}

/** A connection that tells before each write that there will be one, with the identity of the system. */
export const announcing = <Connection extends SystemConnection>(
  { identity, calls }: Pick<System<never, Connection>, "identity" | "calls">,
  connection: Connection,
  beforeWrite: (system: string) => void,
): Connection =>
  intercepted(connection, async (method, params) => {
    if (calls[method]?.effect !== "read") beforeWrite(await identity.of(connection));
    return connection.call(method, params);
  });

/** A connection whose calls go through `call`. The calls that it makes by itself do not. */
const intercepted = <Connection extends SystemConnection>(connection: Connection, call: Call): Connection =>
  new Proxy(connection, {
    get(target, key) {
      if (key === "call") return call;
      const member = Reflect.get(target, key);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
