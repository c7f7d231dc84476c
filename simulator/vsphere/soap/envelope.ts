import type { Answer } from "../../chassis/system";
import { invalidRequest, type SoapFault } from "./faults";
import { reference } from "./parameters";
import { element, type ManagedObjectReference, membersOf, type Value } from "./values";
import { readXml, type XmlElement, XmlError } from "./xml";

const ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
const VIM = "urn:vim25";

/** What an envelope asks for. */
export interface SoapRequest {
  method: string;
  self: ManagedObjectReference;
  parameters: XmlElement[];
}

/** @throws SoapFault when the text is no envelope with one call of this API */
export function readEnvelope(text: string): SoapRequest {
  const envelope = parsed(text);
  if (envelope.name !== "Envelope" || envelope.namespace !== ENVELOPE) throw invalidRequest("this is no SOAP envelope");
  const body = envelope.children.find(({ name, namespace }) => name === "Body" && namespace === ENVELOPE);
  const [call, ...more] = body?.children ?? [];
  if (call === undefined || more.length > 0) throw invalidRequest("the body has not one element");
  if (call.namespace !== VIM) throw invalidRequest(`Unsupported namespace "${call.namespace}"`);
  const [self] = call.children.filter(({ name }) => name === "_this");
  if (self === undefined) throw invalidRequest(`${call.name} is called on nothing: _this is missing`);
  const parameters = call.children.filter((child) => child !== self);
  return { method: call.name, self: reference(self), parameters };
}

function parsed(text: string): XmlElement {
  try {
    return readXml(text);
  } catch (error) {
    if (error instanceof XmlError) throw invalidRequest(`XML document is not well formed: ${error.message}`);
    throw error;
  }
}

export const response = (method: string, returned: Value): string =>
  envelopeOf(`<${method}Response xmlns="${VIM}">${element("returnval", returned)}</${method}Response>`);

/** An answer that tells a fault. */
export function faultAnswer({ detail, message }: SoapFault): Answer {
  const { type } = detail;
  const typed = `<${type}Fault xmlns="${VIM}" xsi:type="${type}">${membersOf(detail)}</${type}Fault>`;
  const fault = `<faultcode>ServerFaultCode</faultcode>${element("faultstring", message)}<detail>${typed}</detail>`;
  return {
    status: 500,
    body: { text: envelopeOf(`<soapenv:Fault>${fault}</soapenv:Fault>`), contentType: XML_TYPE },
    outcome: type,
  };
}

export const XML_TYPE = "text/xml; charset=utf-8";

const envelopeOf = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="${ENVELOPE}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ` +
  `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<soapenv:Body>${body}</soapenv:Body>
</soapenv:Envelope>`;
