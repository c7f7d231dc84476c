import type { VCenterSimulator } from "../../../simulator/vsphere";
import { readXml, type XmlElement } from "../../../simulator/vsphere/soap/xml";
import { ask, type HttpAnswer } from "../../simulator/https-caller";

/** What a call came to: what it returned, or the type of its fault with the text. */
export interface SoapAnswer {
  status: number;
  /** Of the element that the body holds. */
  name: string;
  returned: XmlElement[];
  fault?: string;
  message?: string;
  detail?: XmlElement;
}

const managers: Record<string, string> = {
  RetrieveServiceContent: "ServiceInstance:ServiceInstance",
  CurrentTime: "ServiceInstance:ServiceInstance",
  Login: "SessionManager:SessionManager",
  Logout: "SessionManager:SessionManager",
  SessionIsActive: "SessionManager:SessionManager",
  CreateContainerView: "ViewManager:ViewManager",
};

const propertyCollector = /^(RetrieveProp|ContinueRetr|CancelRetr|CreatePropertyC|CreateFilter|WaitFor|CancelWait)/;

/** Calls the SOAP API as any client could: parameters are XML, and so are answers. */
export class SoapCaller {
  #cookie?: string;

  constructor(readonly vcenter: VCenterSimulator) {}

  async login(password = this.vcenter.password): Promise<SoapAnswer> {
    const given = { userName: this.vcenter.username, password };
    const answer = await this.post(envelope("Login", "SessionManager:SessionManager", xml(given)));
    this.#cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0];
    return read(answer);
  }

  logout(): void {
    this.#cookie = "";
  }

  /** @param on type and id of the managed object, where the method does not say */
  async call(method: string, parameters: Parameters = {}, on = usual(method)): Promise<SoapAnswer> {
    if (this.#cookie === undefined) await this.login();
    return read(await this.post(envelope(method, on, typeof parameters === "string" ? parameters : xml(parameters))));
  }

  /** The text that a call returns. */
  async text(method: string, parameters?: Parameters): Promise<string> {
    const { returned, fault, message } = await this.call(method, parameters);
    if (fault !== undefined) throw new Error(`${method}: ${fault}: ${message}`);
    return returned[0]?.text ?? "";
  }

  async done(method: string, parameters?: Parameters): Promise<void> {
    await this.text(method, parameters);
  }

  /** Properties by path. */
  async properties(on: string, ...paths: string[]): Promise<Record<string, XmlElement>> {
    const [type, id] = on.split(":");
    const pathSet = paths.map((path) => `<pathSet>${path}</pathSet>`).join("");
    const objects = `<objectSet><obj type="${type}">${id}</obj></objectSet>`;
    const { returned, fault, message } = await this.call(
      "RetrieveProperties",
      `<specSet><propSet><type>${type}</type>${pathSet}</propSet>${objects}</specSet>`,
    );
    if (fault !== undefined) throw new Error(`${fault}: ${message}`);
    const found = (returned[0]?.children ?? []).filter(({ name }) => name === "propSet");
    return Object.fromEntries(found.map((each) => [textIn(each, "name"), childIn(each, "val")]));
  }

  /** What the status task says of providers. */
  async status(...clusters: string[]): Promise<XmlElement[]> {
    const asked = clusters.map((id) => `<clusters><clusterId><id>${id}</id></clusterId></clusters>`).join("");
    const { returned } = await this.call("RetrieveKmipServersStatus_Task", asked);
    for (;;) {
      const task = `Task:${returned[0]?.text}`;
      const { "info.state": state, "info.result": result } = await this.properties(task, "info.state", "info.result");
      if (state?.text === "success") return result?.children ?? [];
      if (state?.text === "error") {
        throw new Error(textIn((await this.properties(task, "info.error"))["info.error"], "localizedMessage"));
      }
      await new Promise(setImmediate);
    }
  }

  /** A standard provider with one server. */
  register(cluster: string, port: number, info: Record<string, unknown> = {}, password?: string): Promise<SoapAnswer> {
    const server = { clusterId: { id: cluster }, info: { name: "kms", address: "127.0.0.1", port, ...info }, password };
    return this.call("RegisterKmipServer", { server });
  }

  post(body: string): Promise<HttpAnswer> {
    const { endpoint, certificate } = this.vcenter;
    const headers: Record<string, string> = this.#cookie ? { cookie: this.#cookie } : {};
    return ask({ endpoint, certificate }, { path: "/sdk", headers, body });
  }
}

type Parameters = string | Record<string, unknown>;

export const envelope = (method: string, on: string, parameters: string): string => {
  const [type, id] = on.split(":");
  return `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><${method} xmlns="urn:vim25"><_this type="${type}">${id}</_this>${parameters}</${method}></e:Body></e:Envelope>`;
};

/** Members as elements, lists as several. */
export const xml = (members: Record<string, unknown>): string =>
  Object.entries(members)
    .flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const))
    .map(([name, value]) => {
      if (value === undefined) return "";
      const content = typeof value === "object" && value !== null ? xml(value as Record<string, unknown>) : `${value}`;
      return `<${name}>${typeof value === "object" ? content : escaped(content)}</${name}>`;
    })
    .join("");

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export const usual = (method: string): string =>
  managers[method] ??
  (propertyCollector.test(method) ? "PropertyCollector:propertyCollector" : "CryptoManagerKmip:CryptoManager");

export const childIn = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name);

export const textIn = (element: XmlElement | undefined, ...names: string[]): string | undefined =>
  names.reduce<XmlElement | undefined>(childIn, element)?.text;

function read({ status, body }: HttpAnswer): SoapAnswer {
  const [answer] = readXml(body).children.find(({ name }) => name === "Body")?.children ?? [];
  if (answer === undefined) throw new Error(`an empty body: ${body}`);
  const returned = answer.children.filter(({ name }) => name === "returnval");
  if (answer.name !== "Fault") return { status, name: answer.name, returned };
  const [detail] = childIn(answer, "detail")?.children ?? [];
  const fault = detail?.attributes.type;
  return { status, name: "Fault", returned: [], fault, message: textIn(answer, "faultstring"), detail };
}
