import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";

/** Where a simulator is, and who asks, where that is by a name. */
export interface Target {
  endpoint: string;
  certificate?: string;
  username?: string;
  password?: string;
}

export interface HttpAnswer {
  status: number;
  contentType: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Question {
  /** Default `POST`. */
  verb?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** One HTTPS request as any client could send it, nothing interpreted. */
export function ask(target: Target, { verb = "POST", path, headers, body }: Question): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${target.endpoint}${path}`,
      {
        method: verb,
        headers,
        ca: target.certificate,
        rejectUnauthorized: target.certificate !== undefined,
        ...(target.username === undefined ? {} : { auth: `${target.username}:${target.password}` }),
        agent: false,
      },
      (response) => {
        const { statusCode: status = 0, headers } = response;
        const contentType = headers["content-type"] ?? "";
        text(response).then((body) => resolve({ status, contentType, headers, body }), reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
