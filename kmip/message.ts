import { BatchErrorContinuation, ResultStatus } from "./enums";
import { MalformedMessageError } from "./errors";
import { all, bytes, dateTime, enumeration, integer, optional, required, structure, text } from "./fields";
import { Tag } from "./tags";
import { decodeTtlv, encodeTtlv, type TtlvItem } from "./ttlv";
import { decodeVersion, encodeVersion, type ProtocolVersion } from "./versions";

export interface RequestItem {
  operation: number;
  /** Given back in the response; needed only when a batch holds several items. */
  batchItemId?: Buffer;
  payload: TtlvItem[];
  /** A message extension that the sender wants understood or refused. */
  criticalExtension?: boolean;
}

export interface Request {
  version: ProtocolVersion;
  /** Bytes. */
  maximumResponseSize?: number;
  /** What follows a failed item of the batch. */
  errorContinuation: number;
  items: RequestItem[];
}

export interface ResponseItem {
  /** Absent when the request could not be understood far enough to know. */
  operation?: number;
  batchItemId?: Buffer;
  status: number;
  reason?: number;
  message?: string;
  payload?: TtlvItem[];
}

export interface Response {
  version: ProtocolVersion;
  timeStamp: Date;
  items: ResponseItem[];
}

export function encodeRequest(version: ProtocolVersion, items: RequestItem[]): Buffer {
  const header = structure(Tag.RequestHeader, [encodeVersion(version), integer(Tag.BatchCount, items.length)]);
  const batch = items.map(({ operation, batchItemId, payload }) =>
    structure(Tag.BatchItem, [
      enumeration(Tag.Operation, operation),
      ...(batchItemId ? [bytes(Tag.UniqueBatchItemID, batchItemId)] : []),
      structure(Tag.RequestPayload, payload),
    ]),
  );
  return encodeTtlv(structure(Tag.RequestMessage, [header, ...batch]));
}

export function decodeRequest(message: Buffer): Request {
  const fields = contentOf(message, Tag.RequestMessage);
  const header = required(fields, Tag.RequestHeader, "Structure");
  const request: Request = {
    version: decodeVersion(required(header, Tag.ProtocolVersion, "Structure")),
    maximumResponseSize: optional(header, Tag.MaximumResponseSize, "Integer"),
    errorContinuation: optional(header, Tag.BatchErrorContinuationOption, "Enumeration") ?? BatchErrorContinuation.Stop,
    items: all(fields, Tag.BatchItem, "Structure").map(decodeRequestItem),
  };
  assertBatchCount(header, request.items);
  return request;
}

export function encodeResponse({ version, timeStamp, items }: Response): Buffer {
  const header = structure(Tag.ResponseHeader, [
    encodeVersion(version),
    dateTime(Tag.TimeStamp, timeStamp),
    integer(Tag.BatchCount, items.length),
  ]);
  return encodeTtlv(structure(Tag.ResponseMessage, [header, ...items.map(encodeResponseItem)]));
}

export function decodeResponse(message: Buffer): Response {
  const fields = contentOf(message, Tag.ResponseMessage);
  const header = required(fields, Tag.ResponseHeader, "Structure");
  const response: Response = {
    version: decodeVersion(required(header, Tag.ProtocolVersion, "Structure")),
    timeStamp: required(header, Tag.TimeStamp, "DateTime"),
    items: all(fields, Tag.BatchItem, "Structure").map(decodeResponseItem),
  };
  assertBatchCount(header, response.items);
  return response;
}

function decodeRequestItem(fields: TtlvItem[]): RequestItem {
  const extension = optional(fields, Tag.MessageExtension, "Structure") ?? [];
  return {
    operation: required(fields, Tag.Operation, "Enumeration"),
    batchItemId: optional(fields, Tag.UniqueBatchItemID, "ByteString"),
    payload: required(fields, Tag.RequestPayload, "Structure"),
    criticalExtension: optional(extension, Tag.CriticalityIndicator, "Boolean") ?? false,
  };
}

function encodeResponseItem({ operation, batchItemId, status, reason, message, payload }: ResponseItem): TtlvItem {
  return structure(Tag.BatchItem, [
    ...(operation === undefined ? [] : [enumeration(Tag.Operation, operation)]),
    ...(batchItemId ? [bytes(Tag.UniqueBatchItemID, batchItemId)] : []),
    enumeration(Tag.ResultStatus, status),
    ...(reason === undefined ? [] : [enumeration(Tag.ResultReason, reason)]),
    ...(message === undefined ? [] : [text(Tag.ResultMessage, message)]),
    ...(status === ResultStatus.Success ? [structure(Tag.ResponsePayload, payload ?? [])] : []),
  ]);
}

const decodeResponseItem = (fields: TtlvItem[]): ResponseItem => ({
  operation: optional(fields, Tag.Operation, "Enumeration"),
  batchItemId: optional(fields, Tag.UniqueBatchItemID, "ByteString"),
  status: required(fields, Tag.ResultStatus, "Enumeration"),
  reason: optional(fields, Tag.ResultReason, "Enumeration"),
  message: optional(fields, Tag.ResultMessage, "TextString"),
  payload: optional(fields, Tag.ResponsePayload, "Structure"),
});

function contentOf(message: Buffer, tag: number): TtlvItem[] {
  const item = decodeTtlv(message);
  if (item.tag !== tag || item.type !== "Structure")
    throw new MalformedMessageError("not the expected kind of message");
  return item.value;
}

function assertBatchCount(header: TtlvItem[], items: unknown[]): void {
  const count = required(header, Tag.BatchCount, "Integer");
  if (count !== items.length) throw new MalformedMessageError(`${items.length} batch items, ${count} announced`);
}
