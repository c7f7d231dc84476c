import { ApiVersionError, isOlder } from "../../../connections/api-version";
import { HttpsClient } from "../../../connections/https/client";
import { authenticated, SharedProof } from "../../../connections/https/credentials";
import { Login } from "../../../connections/https/login";
import { type TlsVerification, tlsVerification } from "../../../connections/https/settings";
import { httpsTransport, type Transport } from "../../../connections/https/transport";
import type { Place } from "../../../core/errors";
import type { ConnectionRuntime, LoginGate, Surroundings } from "../../../core/system";
import { CALLS } from "./calls";
import { VCENTER, vcenterPlace } from "./peer";
import { RestClient } from "./rest/client";
import { REST_OPERATIONS } from "./rest/operations";
import { RestSession } from "./rest/session";
import type { VcenterSettings } from "./settings";
import { SoapClient } from "./soap/client";
import { CookieJar } from "./soap/cookies";
import { SUBJECTS } from "./soap/methods";
import { SoapRequests } from "./soap/requests";
import { SoapSession } from "./soap/session";
import { basicOf, formsOf } from "./texts";
import type { AboutInfo, CallName, Params, RestOperation, Result, ServiceContent, SoapMethod } from "./types";

/** Trust Authority was removed in this version of vSphere. */
const WITHOUT_TRUST_AUTHORITY = "9.0";

/** One vCenter: identity, version, typed calls of both its APIs. */
export interface Vcenter {
  /** Its name in the configuration. */
  readonly name: string;
  /** Where a failure of it is. */
  readonly place: Place;
  readonly settings: VcenterSettings;
  readonly tlsVerification: TlsVerification;
  /** Asked before any login, and once for each process. */
  about(): Promise<AboutInfo>;
  /** Whether there can be a Trust Authority Cluster. */
  hasTrustAuthority(): Promise<boolean>;
  /**
   * Calls an operation to the end of its task.
   *
   * @throws ApiVersionError where this vCenter is too old for it, or too new
   */
  call<C extends CallName>(name: C, params: Params<C>): Promise<Result<C>>;
}

/** Connects when first called, and logs in to each API when that is first called. */
export class ConnectedVcenter implements Vcenter {
  readonly place: Place;
  readonly tlsVerification: TlsVerification;
  private readonly transport: Transport;
  private readonly sessions: readonly (RestSession | SoapSession)[];
  private readonly rest: RestClient;
  private readonly soap: SoapClient;
  private readonly stranger: SoapRequests;
  private content?: Promise<ServiceContent>;

  constructor(
    readonly name: string,
    readonly settings: VcenterSettings,
    private readonly runtime: ConnectionRuntime,
    { proxy, login = new Login() }: Surroundings = {},
  ) {
    this.place = vcenterPlace(name);
    this.tlsVerification = tlsVerification(settings);
    const { clock, signal } = runtime;
    this.transport = httpsTransport(settings, VCENTER, proxy);
    const client = (transport: Transport, gate?: LoginGate) =>
      new HttpsClient(VCENTER, this.place, settings.endpoint, transport, clock, gate);
    this.stranger = new SoapRequests(client(this.transport), signal);

    const restSession = new RestSession(client(knowing(this.transport, settings)), settings);
    const restTransport = authenticated(this.transport, new SharedProof(restSession, clock));
    this.rest = new RestClient(client(restTransport, login), runtime);

    const jar = new CookieJar(this.transport);
    const unproven = new SoapRequests(client(knowing(jar, settings)), signal);
    const soapSession = new SoapSession(unproven, jar, () => this.serviceContent(), settings);
    const soapTransport = authenticated(jar, new SharedProof(soapSession, clock));
    this.soap = new SoapClient(new SoapRequests(client(soapTransport, login), signal), runtime);
    this.sessions = [restSession, soapSession];
  }

  async about(): Promise<AboutInfo> {
    return (await this.serviceContent()).about;
  }

  async hasTrustAuthority(): Promise<boolean> {
    return isOlder((await this.about()).apiVersion, WITHOUT_TRUST_AUTHORITY);
  }

  /** Before a write, looks whether whoever started this run still lives. */
  async call<C extends CallName>(name: C, params: Params<C>): Promise<Result<C>> {
    const content = await this.serviceContent();
    await this.assertServed(name, params, content.about);
    if (CALLS[name]?.effect !== "read") {
      await this.runtime.assertHostAlive({ attempt: `calling ${name}`, place: this.place });
    }
    if (isOfRest(name)) return this.rest.call<RestOperation>(name, params as never) as Promise<Result<C>>;
    const { cryptoManager } = content;
    if (cryptoManager === undefined) throw this.noKeyProviders(name, content.about);
    return this.soap.call<SoapMethod>(name as SoapMethod, params as never, content, cryptoManager) as Promise<
      Result<C>
    >;
  }

  /** vCenter counts its sessions. One that cannot be ended now ends by itself. */
  async close(): Promise<void> {
    await Promise.allSettled(this.sessions.map((session) => session.end()));
    await this.transport.close();
  }

  private serviceContent(): Promise<ServiceContent> {
    this.content ??= this.stranger.serviceContent().catch((error) => {
      this.content = undefined;
      throw error;
    });
    return this.content;
  }

  private async assertServed(name: CallName, params: object, { apiVersion }: AboutInfo): Promise<void> {
    const attempt = { attempt: `calling ${name}`, place: this.place };
    const since = "request" in params && params.request !== undefined ? SUBJECTS : (CALLS[name]?.since ?? "");
    if (isOlder(apiVersion, since)) {
      const what = since === SUBJECTS ? "a request with a subject" : "it";
      throw new ApiVersionError({
        ...attempt,
        reason: `${what} needs vSphere API ${since}, and this vCenter serves ${apiVersion}`,
        wayOut:
          since === SUBJECTS
            ? `leave the subject out, or upgrade the vCenter to ${since} or later`
            : `upgrade the vCenter to ${since} or later`,
      });
    }
    if (isOfRest(name) && !isOlder(apiVersion, WITHOUT_TRUST_AUTHORITY)) {
      throw new ApiVersionError({
        ...attempt,
        reason: `vSphere Trust Authority, and trusted key providers with it, was removed in vSphere ${WITHOUT_TRUST_AUTHORITY}, and this vCenter serves ${apiVersion}`,
        wayOut: "use a standard key provider instead, vsphere.KeyProvider, which this version has",
      });
    }
  }

  private noKeyProviders(name: CallName, { fullName }: AboutInfo): ApiVersionError {
    return new ApiVersionError({
      attempt: `calling ${name}`,
      place: this.place,
      reason: `${fullName} has no key providers`,
      wayOut: "give the address of a vCenter of version 6.5 or later; a host by itself has none",
    });
  }
}

const isOfRest = (name: CallName): name is RestOperation => Object.hasOwn(REST_OPERATIONS, name);

/** A transport for logins: no text of the vCenter may show what they give. */
const knowing = (transport: Transport, { password, username }: VcenterSettings): Transport => ({
  get secrets() {
    return [...transport.secrets, ...formsOf(password), basicOf(username, password)];
  },
  proxy: transport.proxy,
  send: (request, startDeadline) => transport.send(request, startDeadline),
  close: () => transport.close(),
});
