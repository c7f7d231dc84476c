import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readCertificateRequest } from "../../provider/pki";
import type { Method, Methods, RpcResponse } from "../../provider/systems/element/api/types";
import { ClusterSimulator, type KmipServer, type Switches, startKmipServer } from "../../simulator";
import type { scenarios } from "../../simulator/element/scenarios";
import { type Authority, issue, makeAuthority, type Validity } from "../kit/certificates";
import { lastingPort } from "../kit/lasting-port";
import { turn } from "../kit/moved-clock";
import { postJson } from "../kit/post-json";
import { StagedTheatre, type StoredScene } from "../kit/theatre";

/** No failure, log line or output of any test may hold it. */
export const PASSWORD = "canary-9c1f7be2";

export const SUBJECT = { commonName: "storage-1", organization: "Example" };

/** Duration of a rekey, and of enabling and disabling hardware encryption, unless a test says otherwise. */
export const REKEY_SECONDS = 0.06;

const authority = makeAuthority();
const keyServerIdentity = issue(authority, { commonName: "key server", usage: "server" });

/** What a cluster starts with: each stage is the one before it and one thing more, the last two both after `attached`. */
export type Stage = "bare" | "paired" | "attached" | "external" | "encrypted";

/** A simulated cluster and a real KMIP server for one test, with what somebody besides the provider does to them. */
export class Scene implements StoredScene {
  /** Called when the cluster has acted on a call and has not answered yet. */
  beforeAnswer: (method: string) => void | Promise<void> = () => {};

  private isClosed = false;

  private constructor(
    private readonly folder: string,
    readonly cluster: ClusterSimulator,
    /** Replaced when it is stopped and started again. */
    public kmip: KmipServer,
  ) {}

  static async open(folder: string, switches: Partial<Switches> = {}): Promise<Scene> {
    const kmip = await startKeyServer(folder, await lastingPort());
    const cluster = await ClusterSimulator.start({
      stateDir: join(folder, "cluster"),
      password: PASSWORD,
      control: true,
      switches: { rekeySeconds: REKEY_SECONDS, hardwareEncryptionSeconds: REKEY_SECONDS, ...switches },
      beforeAnswer: (method) => scene.beforeAnswer(method),
    });
    await cluster.mutate(({ keyServers }) => {
      for (const server of keyServers) server.kmipKeyServerPort = kmip.port;
    });
    const scene = new Scene(folder, cluster, kmip);
    return scene;
  }

  calls(): string[] {
    return this.cluster.calls().map(({ method }) => method);
  }

  requests(): number {
    return this.cluster.requests.length;
  }

  async stop(): Promise<void> {
    this.isClosed = true;
    await this.cluster.close();
    await this.kmip.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true });
  }

  /** Calls a method as an administrator would, past the provider. */
  async byHand<M extends Method>(method: M, params: Methods[M]["params"]): Promise<Methods[M]["result"]> {
    const { endpoint, username, certificate, switches } = this.cluster;
    const answer = await postJson(`${endpoint}/json-rpc/${switches.apiVersion}`, {
      body: { method, params, id: 1 },
      ca: certificate,
      auth: `${username}:${PASSWORD}`,
    });
    const { result, error } = answer as RpcResponse<Methods[M]["result"]>;
    if (result === undefined) throw new Error(`${method} by hand: ${error?.name}: ${error?.message}`);
    return result;
  }

  /** A second provider, with a server of its own. */
  async addProvider(): Promise<void> {
    const [server] = this.cluster.state().keyServers;
    await this.byHand("CreateKeyServerKmip", {
      kmipKeyServerName: "another",
      kmipKeyServerHostnames: ["127.0.0.1"],
      kmipKeyServerPort: this.kmip.port,
      kmipCaCertificate: server?.kmipCaCertificate ?? "",
      kmipClientCertificate: server?.kmipClientCertificate ?? "",
    });
    await this.byHand("CreateKeyProviderKmip", { keyProviderName: "another" });
    await this.byHand("AddKeyServerToProviderKmip", { keyProviderID: 2, keyServerID: 2 });
  }

  /** The next call of a method has its effect, and its answer does not arrive. */
  loseAnswer(method: Method): void {
    this.cluster.faults.add({ method, when: "after", count: 1, action: { drop: true } });
  }

  /** Has somebody else do something to the cluster, past the API. */
  async somebody(action: keyof typeof scenarios, params: object = {}): Promise<void> {
    const body = JSON.stringify({ action, ...params });
    const answer = await fetch(`${this.cluster.controlEndpoint}/mutate`, { method: "POST", body });
    if (!answer.ok) throw new Error(`${action}: ${await answer.text()}`);
  }

  /** Rekeys by hand, and waits until it is over. */
  async rekeyByHand(params: Methods["RekeySoftwareEncryptionAtRestMasterKey"]["params"]): Promise<void> {
    await this.byHand("RekeySoftwareEncryptionAtRestMasterKey", params);
    await this.rekeyIsOver();
  }

  async rekeyIsOver(): Promise<void> {
    while (this.cluster.state().softwareEncryption.rekey !== undefined) await turn();
  }

  /** Somebody else acts between a look of the provider and what follows from it. */
  afterCallOf(method: Method, act: () => Promise<void>): void {
    this.beforeAnswer = async (answered) => {
      if (answered !== method) return;
      this.beforeAnswer = () => {};
      await act();
    };
  }

  /** Somebody else acts as soon as something is so, while the provider is at work. */
  when(isSo: () => boolean, act: () => unknown): void {
    void (async () => {
      while (!isSo()) {
        if (this.isClosed) return;
        await turn();
      }
      await act();
    })();
  }

  /** Enables or disables hardware encryption by hand, and waits until it is over. */
  async switchByHand<M extends "EnableEncryptionAtRest" | "DisableEncryptionAtRest">(
    method: M,
    params: Methods[M]["params"],
  ): Promise<void> {
    await this.byHand(method, params);
    await this.encryptionIsSettled();
  }

  async encryptionIsSettled(): Promise<void> {
    while (this.cluster.state().hardwareEncryption.state.endsWith("ing")) await turn();
  }

  /** Holds a rekey where it is until {@link letRekeyEnd}. */
  holdRekeys(): void {
    this.cluster.switches.rekeySeconds = 3600;
  }

  async letRekeyEnd(): Promise<void> {
    this.cluster.switches.rekeySeconds = 0;
    await this.rekeyIsOver();
  }

  async stopKeyServer(): Promise<void> {
    await this.kmip.close();
  }

  async startKeyServer(): Promise<void> {
    this.kmip = await startKeyServer(this.folder, this.kmip.port);
  }

  /** The key server loses every key that it has, and works. */
  async loseKeys(): Promise<void> {
    await this.stopKeyServer();
    await rm(join(this.folder, "kmip", "objects"), { recursive: true });
    await this.startKeyServer();
  }

  /** Where the key server is, and the authority behind its certificate. */
  keyServerAddress() {
    return { hostnames: ["127.0.0.1"], port: this.kmip.port, caCertificate: authority.certificate };
  }

  /** The same, with a client certificate for the cluster's present key pair. */
  async keyServerArguments() {
    const { clientCertificateSignRequest: request } = await this.byHand("GetClientCertificateSignRequest", {});
    return { ...this.keyServerAddress(), clientCertificate: certificateFor(request) };
  }

  /** Of the cluster's key pair, as resources write it. */
  keyPairFingerprint(): string | undefined {
    return this.cluster.state().keyPair?.fingerprint256.replaceAll(":", "").toLowerCase();
  }

  /** Keys on the key server that are in use, in its own records. */
  activeKeys() {
    return this.kmip.objects().filter(({ state }) => state === "Active");
  }
}

export const otherAuthority = makeAuthority({ commonName: "Another Authority" });
/** A client certificate of the right authority for a key that no cluster has. */
export const strangersCertificate = issue(authority, { commonName: "stranger", usage: "client" }).cert;

/** Between the authority that the key server trusts and a client. */
export const issuingAuthority = makeAuthority({ commonName: "Issuing Authority", issuer: authority });

/** A certificate for the key of a signing request, which the key server lets in where it knows the authority. */
export function certificateFor(
  request: string,
  commonName = "storage-1",
  { by = authority, ...validity }: Validity & { by?: Authority } = {},
): string {
  const publicKey = readCertificateRequest(request).publicKey.export({ type: "spki", format: "pem" }).toString();
  return issue(by, { commonName, usage: "client", publicKey, ...validity }).cert;
}

/** Of simulated clusters. */
export class Theatre extends StagedTheatre<Scene, Stage, Switches> {
  constructor() {
    super({ prefix: "element-", open: Scene.open, before: BEFORE, build: BUILD });
  }
}

const BEFORE: Record<Stage, Stage | undefined> = {
  bare: undefined,
  paired: "bare",
  attached: "paired",
  external: "attached",
  encrypted: "attached",
};

const BUILD: Record<Stage, (scene: Scene) => Promise<unknown>> = {
  bare: async () => {},
  paired: (scene) => scene.byHand("CreatePublicPrivateKeyPair", SUBJECT),
  attached: async (scene) => {
    const { hostnames, port, caCertificate, clientCertificate } = await scene.keyServerArguments();
    await scene.byHand("CreateKeyServerKmip", {
      kmipKeyServerName: "by hand",
      kmipKeyServerHostnames: hostnames,
      kmipKeyServerPort: port,
      kmipCaCertificate: caCertificate,
      kmipClientCertificate: clientCertificate,
    });
    await scene.byHand("CreateKeyProviderKmip", { keyProviderName: "by hand" });
    await scene.byHand("AddKeyServerToProviderKmip", { keyProviderID: 1, keyServerID: 1 });
  },
  external: (scene) => scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 }),
  encrypted: (scene) => scene.switchByHand("EnableEncryptionAtRest", { keyProviderID: 1 }),
};

const startKeyServer = (folder: string, port: number): Promise<KmipServer> =>
  startKmipServer({ ...keyServerIdentity, ca: authority.certificate, stateDir: join(folder, "kmip"), port });
