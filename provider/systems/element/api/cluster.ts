import { ApiVersionError, isOlder } from "../../../connections/api-version";
import { authenticated, basic, SharedProof } from "../../../connections/https/credentials";
import { type TlsVerification, tlsVerification } from "../../../connections/https/settings";
import { httpsTransport } from "../../../connections/https/transport";
import type { Place } from "../../../core/errors";
import type { ConnectionRuntime, Surroundings } from "../../../core/system";
import { ElementClient } from "./client";
import { ApiNotServedError } from "./errors";
import { METHODS } from "./methods";
import { clusterPlace, ELEMENT } from "./peer";
import type { ConnectionSettings } from "./settings";
import type { ApiInfo, ClusterInfo, Method, Params, Result } from "./types";

/** Every version of the product serves this one. */
const FIRST_CALL_VERSION = "7.0";

/** One cluster: negotiated version, identity, typed calls. */
export interface Cluster {
  /** Its name in the configuration. */
  readonly name: string;
  /** Where a failure of it is. */
  readonly place: Place;
  readonly settings: ConnectionSettings;
  readonly tlsVerification: TlsVerification;
  /** Calls `method` in the cluster's current API version. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
  /** Whether the cluster's API is new enough for `method`. */
  supports(method: Method): Promise<boolean>;
  /** Name and identity of the cluster that answers. */
  clusterInfo(): Promise<ClusterInfo>;
  /**
   * The same cluster, for looks that a plan can do without: each tries once for a few seconds, and none after a
   * silence.
   */
  hurried(): Cluster;
}

/** Connects when first called. */
export class ConnectedCluster implements Cluster {
  readonly place: Place;
  readonly tlsVerification: TlsVerification;
  private readonly client: ElementClient;
  private readonly isHurried: boolean = false;
  /** Facts about the cluster that the patient and the hurried connection share. */
  private readonly known: { api?: Promise<ApiInfo>; info?: Promise<ClusterInfo>; silence?: unknown } = {};

  constructor(
    readonly name: string,
    readonly settings: ConnectionSettings,
    private readonly runtime: ConnectionRuntime,
    { proxy, login }: Surroundings = {},
  ) {
    this.place = clusterPlace(name);
    this.tlsVerification = tlsVerification(settings);
    const { endpoint, username, password } = settings;
    const proof = new SharedProof(basic(ELEMENT.noun, username, password), runtime.clock);
    const transport = authenticated(httpsTransport(settings, ELEMENT, proxy), proof);
    this.client = new ElementClient(this.place, endpoint, transport, runtime.clock, login);
  }

  /** Before a write, looks whether the engine still lives. */
  async call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const negotiated = this.negotiate();
    const { currentVersion } = await negotiated;
    try {
      return await this.callIn(currentVersion, method, params);
    } catch (error) {
      if (!(error instanceof ApiNotServedError)) throw error;
      // Another version may have been installed in the meantime. Where nothing was served, no method has run.
      if (this.known.api === negotiated) this.known.api = undefined;
      const { currentVersion: present } = await this.negotiate();
      if (present === currentVersion) throw error;
      return this.callIn(present, method, params);
    }
  }

  async supports(method: Method): Promise<boolean> {
    const { currentVersion } = await this.negotiate();
    return !isOlder(currentVersion, METHODS[method].since);
  }

  /** Asked once for each process. */
  clusterInfo(): Promise<ClusterInfo> {
    this.known.info ??= forgetFailure(
      this.call("GetClusterInfo", {}).then(({ clusterInfo }) => clusterInfo),
      () => {
        this.known.info = undefined;
      },
    );
    return this.known.info;
  }

  hurried(): Cluster {
    return Object.create(this, { isHurried: { value: true } });
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async callIn<M extends Method>(apiVersion: string, method: M, params: Params<M>): Promise<Result<M>> {
    const { effect, since } = METHODS[method];
    const attempt = { attempt: `calling ${method}`, place: this.place };
    if (isOlder(apiVersion, since)) {
      throw new ApiVersionError({
        ...attempt,
        reason: `it needs Element API ${since}, and this cluster serves ${apiVersion}`,
        wayOut: `upgrade the cluster to Element ${since} or later`,
      });
    }
    if (effect !== "read") await this.runtime.assertHostAlive(attempt);
    return this.send(apiVersion, method, params);
  }

  private negotiate(): Promise<ApiInfo> {
    this.known.api ??= forgetFailure(this.send(FIRST_CALL_VERSION, "GetAPI", {}), () => {
      this.known.api = undefined;
    });
    return this.known.api;
  }

  private async send<M extends Method>(apiVersion: string, method: M, params: Params<M>): Promise<Result<M>> {
    const { signal } = this.runtime;
    if (!this.isHurried) return this.client.call(apiVersion, method, params, { signal });
    if (this.known.silence !== undefined) throw this.known.silence;
    try {
      return await this.client.call(apiVersion, method, params, { signal, isHurried: true });
    } catch (error) {
      this.known.silence = error;
      throw error;
    }
  }
}

/** A remembered promise must not remember a failure that may pass. */
export function forgetFailure<T>(promise: Promise<T>, forget: () => void): Promise<T> {
  promise.catch(forget);
  return promise;
}
