import { BatchErrorContinuation, Operation, ResultReason, type ResultReasonName, ResultStatus } from "./enums";
import { MalformedMessageError } from "./errors";
import { OperationFailure } from "./failure";
import { decodeRequest, encodeResponse, type Request, type RequestItem, type ResponseItem } from "./message";
import type { OperationContext } from "./operations/operation";
import { formatVersion, isAmong, type ProtocolVersion, SUPPORTED_VERSIONS } from "./versions";

/** No client of a key server has reason for more; each item may cost a write to disk. */
const MAX_BATCH_ITEMS = 64;

const HIGHEST_VERSION = SUPPORTED_VERSIONS[0] ?? { major: 1, minor: 0 };

/** Answers a whole request message with a whole response message. Never throws for what a client sent. */
export function respond(message: Buffer, context: OperationContext): Buffer {
  let request: Request;
  try {
    request = decodeRequest(message);
    assertAnswerable(request, context);
  } catch (error) {
    return respondWithFailure(failureOf(error), context.now);
  }
  const items = runBatch(request, context);
  const response = encodeResponse({ version: request.version, timeStamp: context.now, items });
  if (response.length <= (request.maximumResponseSize ?? Number.POSITIVE_INFINITY)) return response;
  const tooLarge = new OperationFailure("ResponseTooLarge", `the response has ${response.length} bytes`);
  return respondWithFailure(tooLarge, context.now, request.version);
}

/** The answer to what could not be understood or may not be asked at all. */
export function respondWithFailure(failure: OperationFailure, now: Date, version: ProtocolVersion = HIGHEST_VERSION) {
  return encodeResponse({ version, timeStamp: now, items: [failedItem(failure)] });
}

function assertAnswerable({ version, items, errorContinuation }: Request, { versions }: OperationContext): void {
  const isAboutVersions = items.every(({ operation }) => operation === Operation.DiscoverVersions);
  if (!isAmong(isAboutVersions ? SUPPORTED_VERSIONS : versions, version)) {
    throw new OperationFailure("InvalidMessage", `KMIP ${formatVersion(version)} is not spoken here`);
  }
  if (items.length > MAX_BATCH_ITEMS) throw new OperationFailure("InvalidMessage", "too many batch items");
  if (items.length > 1 && items.some((item) => item.batchItemId === undefined)) {
    throw new OperationFailure("InvalidMessage", "several batch items need a unique batch item ID each");
  }
  if (errorContinuation === BatchErrorContinuation.Undo) {
    throw new OperationFailure("FeatureNotSupported", "a failed batch cannot be undone");
  }
}

function runBatch(request: Request, context: OperationContext): ResponseItem[] {
  const answers: ResponseItem[] = [];
  for (const item of request.items) {
    const answer = runItem(item, context);
    answers.push(answer);
    const failed = answer.status !== ResultStatus.Success;
    if (failed && request.errorContinuation !== BatchErrorContinuation.Continue) break;
  }
  return answers;
}

function runItem(item: RequestItem, context: OperationContext): ResponseItem {
  const { operation, batchItemId } = item;
  try {
    const refusal = context.refusal?.();
    if (refusal) throw refusal;
    const run = context.operations.get(operation);
    if (!run) throw new OperationFailure("OperationNotSupported", `operation ${operation} is not offered`);
    if (item.criticalExtension) throw new OperationFailure("FeatureNotSupported", "unknown critical extension");
    return { operation, batchItemId, status: ResultStatus.Success, payload: run(item.payload, context) };
  } catch (error) {
    return { operation, batchItemId, ...failedItem(failureOf(error, "InvalidField")) };
  }
}

const failedItem = ({ reason, message }: OperationFailure): ResponseItem => ({
  status: ResultStatus.OperationFailed,
  reason: ResultReason[reason],
  message,
});

/** What went wrong inside the server is none of the client's business. */
function failureOf(error: unknown, reasonWhenMalformed: ResultReasonName = "InvalidMessage"): OperationFailure {
  if (error instanceof OperationFailure) return error;
  if (error instanceof MalformedMessageError) return new OperationFailure(reasonWhenMalformed, error.message);
  return new OperationFailure("GeneralFailure", "the key server failed");
}
