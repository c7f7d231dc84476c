import type { IncomingHttpHeaders } from "node:http";
import type { Region } from "../region/machine";
import type { Instance } from "../region/state";

const mediaType = (kind: string) => `application/vnd.ibm.kms.${kind}+json` as const;

export const MediaType = {
  key: mediaType("key"),
  keyVersion: mediaType("key.version"),
  keyAlias: mediaType("alias"),
  keyRing: mediaType("key_ring"),
  adapter: mediaType("kmip_adapter"),
  certificate: mediaType("kmip_client_certificate"),
  object: mediaType("kmip_object"),
  error: mediaType("error"),
} as const;

export type MediaTypeName = (typeof MediaType)[keyof typeof MediaType];

/** A request of somebody with a token, to an instance that there is. */
export interface ServiceRequest {
  region: Region;
  instance: Instance;
  /** Parts of the path, by their names in the route. */
  slots: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a call comes to. Without a collection there is no body. */
export interface Result {
  /** Default 200, or 204 without a collection. */
  status?: number;
  collection?: Collection;
}

export interface Collection {
  type: MediaTypeName;
  resources: object[];
  /** Only when it was asked for. */
  totalCount?: number;
}

export interface Route {
  verb: string;
  /** Below `/api/v2`; a part in braces stands for any one. */
  path: string;
  /** What has not come about when it is refused: `Key could not be created`. */
  failure: string;
  handle(request: ServiceRequest): Result | Promise<Result>;
}

export type Routes<M extends string> = Record<M, Route>;

/** A collection of one. */
export const single = (type: MediaTypeName, resource: object, status = 200): Result => ({
  status,
  collection: { type, resources: [resource] },
});

export const nothing: Result = {};
