import { timingSafeEqual } from "node:crypto";
import type { HttpRequest } from "./system";

/** Whether a request carries these credentials in HTTP's Basic scheme. */
export function isLoggedIn(
  request: HttpRequest,
  { username, password }: { username: string; password: string },
): boolean {
  const expected = Buffer.from(`Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`);
  const given = Buffer.from(request.headers.authorization ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
