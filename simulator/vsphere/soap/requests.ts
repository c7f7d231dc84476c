import type { OutgoingHttpHeaders } from "node:http";
import type { Answer, Call, HttpRequest, TurnedAway } from "../../chassis/system";
import type { ManagedObjects } from "../inventory/registry";
import type { Method } from "../methods";
import { VCenterError } from "../vcenter/errors";
import type { VCenter } from "../vcenter/machine";
import type { Session } from "../vcenter/sessions";
import { soapMethods } from "./catalogue";
import { faultAnswer, readEnvelope, response, type SoapRequest, XML_TYPE } from "./envelope";
import { faultOf, notAuthenticated, SoapFault } from "./faults";
import { maskedParameters } from "./masking";
import type { SoapCall } from "./method";
import { readMembers } from "./parameters";
import { SESSION_COOKIE } from "./sessions";
import { serviceVersions, VERSIONS_PATH } from "./versions";

const PATH = "/sdk";

/** A request to the SOAP API: a session in a cookie, the call in the envelope. */
export function readSoapRequest(vcenter: VCenter, objects: ManagedObjects, request: HttpRequest): Call | TurnedAway {
  if (request.verb === "GET" && request.url === VERSIONS_PATH) return serviceVersions(vcenter);
  if (request.verb !== "POST" || request.url !== PATH) {
    const body = { text: "", contentType: "text/plain" };
    return { method: "", params: {}, turnedAway: { status: 404, body, outcome: "http-404" } };
  }
  const asked = readOrFault(request.body);
  if (asked instanceof SoapFault) return { method: "", params: {}, turnedAway: faultAnswer(asked) };
  const session = vcenter.sessions.use(cookieOf(request));
  const named = { method: asked.method, params: maskedParameters(asked.parameters) };
  const isAnonymous = soapMethods.get(asked.method)?.anonymous === true;
  if (session === undefined && !isAnonymous) return { ...named, turnedAway: faultAnswer(notAuthenticated(asked.self)) };
  return {
    ...named,
    perform: () => performed(vcenter, objects, session, asked),
    fail: ({ name, message }) => faultAnswer(new SoapFault(name, message)),
  };
}

function readOrFault(text: string): SoapRequest | SoapFault {
  try {
    return readEnvelope(text);
  } catch (error) {
    if (error instanceof SoapFault) return error;
    throw error;
  }
}

/** Clients send it back in quotation marks, or without. */
function cookieOf({ headers }: HttpRequest): string | undefined {
  const cookies = (headers.cookie ?? "").split(";").map((each) => each.trim());
  const found = cookies.find((each) => each.startsWith(`${SESSION_COOKIE}=`));
  return found?.slice(SESSION_COOKIE.length + 1).replaceAll('"', "");
}

async function performed(
  vcenter: VCenter,
  objects: ManagedObjects,
  session: Session | undefined,
  { method: name, self, parameters }: SoapRequest,
): Promise<Answer> {
  try {
    const definition = soapMethods.get(name);
    const isOn = definition?.on.some((type) => type === self.type || type === "*");
    if (definition === undefined || isOn !== true) {
      throw new SoapFault("MethodNotFound", `The method is not found: ${name}`, { receiver: self, method: name });
    }
    if (vcenter.switches.deniedMethods.includes(name as Method)) {
      const members = { object: self, privilegeId: "Cryptographer.ManageKeyServers" };
      throw new SoapFault("NoPermission", "Permission to perform this operation was denied.", members);
    }
    const headers: OutgoingHttpHeaders = {};
    const call: SoapCall = { vcenter, objects, self, session, headers };
    const given: object = readMembers(name, parameters, definition.params);
    const returned = (await definition.handle(call, given as never)) ?? undefined;
    return { headers, body: { text: response(name, returned), contentType: XML_TYPE }, outcome: "ok" };
  } catch (error) {
    if (error instanceof SoapFault) return faultAnswer(error);
    if (error instanceof VCenterError) return faultAnswer(faultOf(error));
    throw error;
  }
}
