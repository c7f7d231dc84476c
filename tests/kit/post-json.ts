import { request } from "node:https";
import { json } from "node:stream/consumers";

/** One JSON request over HTTPS, with none of the provider's own client in it. */
export function postJson(url: string, options: { body: unknown; ca: string; auth: string }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const { ca, auth, body } = options;
    const outgoing = request(url, { method: "POST", ca, auth, agent: false });
    outgoing.on("response", (answer) => json(answer).then(resolve, reject));
    outgoing.on("error", reject);
    outgoing.end(JSON.stringify(body));
  });
}
