import { STATUS_CODES } from "node:http";
import type { Answer, JsonBody } from "../../chassis/system";
import { ServiceError } from "../region/errors";
import { isRefusal, refusalsOnWire } from "../region/refusals";
import type { Switches } from "../region/switches";
import { MediaType, type MediaTypeName, type Result } from "./route";

/** Who is answered: how, and under which id. */
export interface Asked {
  switches: Switches;
  correlationID: string;
  accept?: string;
  /** What has not come about when the call is refused. */
  failure: string;
}

export function answered(asked: Asked, { collection, status = collection ? 200 : 204 }: Result): Answer {
  const headers = headersOf(asked);
  if (!collection) return { status, headers, outcome: "ok" };
  const { type, resources, totalCount } = collection;
  const metadata = { collectionType: type, collectionTotal: resources.length, totalCount };
  return { status, headers, body: jsonBody(asked, type, { metadata, resources }), outcome: "ok" };
}

export function refused(asked: Asked, error: ServiceError): Answer {
  const { status, code } = error.onWire(asked.switches);
  return errorAnswer(asked, { status, code, message: error.message, target: error.target });
}

/** The answer of a fault rule: the name is a code, or what the simulator calls the cause. */
export function failed(asked: Asked, { name, message }: { name: string; message: string }): Answer {
  if (isRefusal(name)) return refused(asked, new ServiceError(name, message));
  const known = Object.values(refusalsOnWire).find((each) => "code" in each && each.code === name);
  return errorAnswer(asked, { status: known?.status ?? 500, code: name, message });
}

interface Failure {
  status: number;
  code?: string;
  message: string;
  target?: object;
}

function errorAnswer(asked: Asked, { status, code, message, target }: Failure): Answer {
  const kind = STATUS_CODES[status] ?? "Error";
  const moreInfo = "https://cloud.ibm.com/apidocs/key-protect";
  const resource =
    code === undefined
      ? { errorMsg: `${kind}: ${message}` }
      : {
          errorMsg: `${kind}: ${asked.failure}: Please see \`reasons\` for more details (${code})`,
          reasons: [{ code, message, status, moreInfo, target }],
        };
  const collection = { metadata: { collectionType: MediaType.error, collectionTotal: 1 }, resources: [resource] };
  return {
    status,
    headers: headersOf(asked),
    body: jsonBody(asked, MediaType.error, collection),
    outcome: code ?? `http-${status}`,
  };
}

const headersOf = ({ correlationID }: Asked) => ({ "Correlation-Id": correlationID });

function jsonBody({ switches, accept }: Asked, type: MediaTypeName, json: object): JsonBody {
  const asksForVendor = switches.contentType === "asked" && accept?.includes("application/vnd.ibm") === true;
  const contentType = switches.contentType === "vendor" || asksForVendor ? type : "application/json";
  return { json, contentType, resultAt: "" };
}
