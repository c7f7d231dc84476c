import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { CertificateSubject } from "./endpoint-certificate";
import type { SwitchValues } from "./switch-values";

/** A request that has come in whole. */
export interface HttpRequest {
  /** `GET`, `POST` and so on. */
  verb: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Whether a request carries these credentials in HTTP's Basic scheme. */
export function isLoggedIn(
  request: HttpRequest,
  { username, password }: { username: string; password: string },
): boolean {
  const expected = Buffer.from(`Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`);
  const given = Buffer.from(request.headers.authorization ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The answer of a system, before a fault rule changes it. */
export interface Answer {
  /** Default 200. */
  status?: number;
  /** A content type among them goes out in place of the body's. */
  headers?: OutgoingHttpHeaders;
  body?: JsonBody | TextBody;
  /** The log's word for it: `ok`, the error's name, `http-401` and the like. */
  outcome: string;
}

export interface JsonBody {
  json: unknown;
  /** Default `application/json`. */
  contentType?: string;
  /** JSON pointer of the result, in which fault rules replace values. An answer without a result has none. */
  resultAt?: string;
}

export interface TextBody {
  text: string;
  contentType: string;
}

/** The part of a request that fault rules and the log know. */
interface NamedRequest {
  /** The name of the API's method, whether it is there or not; empty where none can be read. */
  method: string;
  params: Record<string, unknown>;
}

/** A request that no method and no fault rule gets to see: nobody is logged in, or there is no such path. */
export interface TurnedAway extends NamedRequest {
  turnedAway: Answer;
}

/** A request that a method of the API answers. */
export interface Call extends NamedRequest {
  perform(): Promise<Answer>;
  /** The answer in which this API tells an error. */
  fail(error: { name: string; message: string }): Answer;
}

/** A system refuses a request. Any other error is a defect of the simulator. */
export class RefusalError extends Error {
  override readonly name: string = "RefusalError";
}

/** Requests that scripts may send to the control endpoint, by verb and path: `GET /state`. */
export type Routes = Record<string, (body: Record<string, unknown>) => unknown>;

/** A system as the chassis runs it. */
export interface System<Switches> {
  /** Reads a request: the method that it calls, its parameters, and how it is answered. */
  read(request: HttpRequest): Call | TurnedAway;
  /** Who the endpoint's certificate is made out to. */
  certificateSubject: CertificateSubject;
  switchValues: SwitchValues<Switches>;
  /** Acts of somebody else on the system, by the names that scripts give to `POST /mutate`. */
  scenarios: Record<string, (params: Record<string, unknown>) => unknown>;
  /** Routes of this system alone; every simulator has more. */
  routes: Routes;
  /** Work that an earlier process may have left unfinished; it is gone on with as soon as the system listens. */
  unfinished: (() => Promise<void>)[];
}
