import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { isObject } from "../../chassis/json-object";
import { ServiceError } from "../region/errors";
import type { Region } from "../region/machine";

type Use = "access" | "refresh";

/** A signed token as JWT: IBM's SDK core decodes it, whereas its content is nobody's business but IAM's. */
export function issueToken(region: Region, use: Use, grant: string, seconds: number): string {
  const { owner, account } = region.state;
  const issuedAt = Math.floor(region.now().getTime() / 1000);
  const claims = {
    iam_id: owner,
    id: owner,
    realmid: "iam",
    jti: randomUUID(),
    sub: owner,
    sub_type: "ServiceId",
    account: { valid: true, bss: account },
    iat: issuedAt,
    exp: issuedAt + seconds,
    iss: "https://iam.cloud.ibm.com/identity",
    grant_type: grant,
    scope: "ibm openid",
    client_id: "bx",
    token_use: use,
  };
  const content = `${encoded({ alg: "HS256", typ: "JWT", kid: "simulated" })}.${encoded(claims)}`;
  return `${content}.${signatureOf(region, content)}`;
}

/** Whether this region issued the token for that use, and its time is not over. */
export function isValidToken(region: Region, use: Use, token: string): boolean {
  const [header, claims = "", signature = ""] = token.split(".");
  const expected = Buffer.from(signatureOf(region, `${header}.${claims}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const { exp, token_use } = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>;
  return token_use === use && region.now().getTime() / 1000 < Number(exp);
}

/** Refuses a request without a valid bearer token. */
export function assertBearer(region: Region, authorization = ""): void {
  const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
  const message = "The user does not have access to the specified resource";
  if (token === undefined) throw new ServiceError("notLoggedIn", message);
  if (!isToken(token)) throw new ServiceError("malformedToken", message);
  if (!isValidToken(region, "access", token)) throw new ServiceError("notLoggedIn", message);
}

/** Whether a text has the form of a JWT. */
function isToken(text: string): boolean {
  const parts = text.split(".");
  try {
    return parts.length === 3 && isObject(JSON.parse(Buffer.from(parts[1] ?? "", "base64url").toString()));
  } catch {
    return false;
  }
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

const signatureOf = ({ secrets }: Region, content: string): string =>
  createHmac("sha256", Buffer.from(secrets.tokenKey, "base64")).update(content).digest("base64url");
