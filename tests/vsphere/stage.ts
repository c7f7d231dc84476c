import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { CallName } from "../../provider/systems/vsphere/api/types";
import type { FaultAction } from "../../simulator/chassis/fault-actions";
import {
  type KmsCluster,
  type TrustedProvider,
  type VCenterMethod,
  type VCenterScenarioName,
  VCenterSimulator,
  type VCenterSwitches,
} from "../../simulator/vsphere";
import { issue, publicKeyOf } from "../kit/certificates";
import { MovedClock } from "../kit/moved-clock";
import { StagedTheatre, type StoredScene } from "../kit/theatre";
import { authority, closeSharedKeyServers, type KeyServers, sharedKeyServers } from "./key-servers";
import { RestCaller } from "./simulator/rest-caller";
import { SoapCaller } from "./simulator/soap-caller";

/** No failure, log line or output of any test may hold it. */
export const PASSWORD = "canary-/8d2a+password=of-a-vcenter";

/** Names of what somebody has made by hand. */
export const STANDARD = "standard-by-hand";
export const TRUSTED = "trusted-by-hand";

export const CLUSTER = "domain-c8";
export const PRIMARY_KEY = "8";

/** What a vCenter starts with: each stage is the one before it and one thing more. */
export type Stage = "bare" | "provided" | "trusting" | "certified" | "defaulted";

/** Methods by which sessions begin and end, and tasks are waited for: none of them is a call of a lifecycle. */
const UNSEEN: ReadonlySet<string> = new Set([
  "createSession",
  "deleteSession",
  "getTask",
  "Login",
  "Logout",
  "RetrieveServiceContent",
  "CreateContainerView",
  "DestroyView",
  "RetrieveProperties",
  "ContinueRetrievePropertiesEx",
]);

const LOOKS_AT_TASKS: ReadonlySet<string> = new Set(["getTask", "RetrievePropertiesEx"]);

/** A simulated vCenter on a clock that the test moves, with what somebody besides the provider does to it. */
export class Scene implements StoredScene {
  /** Called when the vCenter has acted on a call and has not answered yet. */
  beforeAnswer: (method: string) => void | Promise<void> = () => {};

  private constructor(
    private readonly folder: string,
    readonly vcenter: VCenterSimulator,
    readonly keyServers: KeyServers,
    readonly clock: MovedClock,
  ) {}

  static async open(folder: string, switches: Partial<VCenterSwitches> = {}): Promise<Scene> {
    const clock = new MovedClock();
    const vcenter = await VCenterSimulator.start({
      stateDir: join(folder, "vcenter"),
      password: PASSWORD,
      now: () => clock.now(),
      switches: { healthLagSeconds: 0, taskSeconds: 0, sessionIdleSeconds: 1_000_000_000, ...switches },
      beforeAnswer: async (method) => {
        // On a clock that waiting moves, a run would give up before a key server has answered.
        if (LOOKS_AT_TASKS.has(method) && vcenter.switches.taskSeconds === 0) await vcenter.jobsEnded();
        await scene.beforeAnswer(method);
      },
    });
    const scene = new Scene(folder, vcenter, await sharedKeyServers(), clock);
    return scene;
  }

  calls(): string[] {
    return this.vcenter
      .calls()
      .map(({ method }) => method)
      .filter((method) => !UNSEEN.has(method));
  }

  requests(): number {
    return this.vcenter.requests.length;
  }

  stop(): Promise<void> {
    return this.vcenter.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true });
  }

  /** The next call of a method has its effect, and its answer does not arrive. */
  loseAnswer(method: CallName): void {
    this.answer(method, { drop: true }, "after");
  }

  /** The next call of a method is answered so, and by default without effect. */
  answer(method: CallName, action: FaultAction, when: "before" | "after" = "before"): void {
    this.vcenter.faults.add({ method: method as VCenterMethod, when, count: 1, action });
  }

  /** Has somebody else do something to the vCenter, past its APIs. */
  somebody(action: VCenterScenarioName, params: Record<string, unknown> = {}): Promise<void> {
    return this.vcenter.act(action, params);
  }

  /** Somebody else acts between a look of the provider and what follows from it. */
  afterCallOf(method: CallName, act: () => Promise<unknown>): void {
    this.beforeAnswer = async (answered) => {
      if (answered !== method) return;
      this.beforeAnswer = () => {};
      await act();
    };
  }

  /** A standard provider, in the simulator's own records: that of the stage by default. */
  standard(name = STANDARD): KmsCluster | undefined {
    return this.vcenter.state().kmsClusters.find((each) => each.name === name);
  }

  /** The same of a trusted one. */
  trusted(name = TRUSTED): TrustedProvider | undefined {
    const [cluster] = this.vcenter.state().trustAuthorityClusters;
    return cluster?.providers.find((each) => each.name === name);
  }

  /** Arguments that describe one of the key servers. */
  server(number = 0): { hostname: string; port: number } {
    const { hostname, port } = this.keyServers.at(number);
    return { hostname, port };
  }

  /** The same as what it presents. */
  pin(number = 0): string {
    return this.keyServers.at(number).fingerprint256;
  }

  /** Machines and hosts whose data cannot be read at this moment. */
  async unreadable(): Promise<string[]> {
    return (await this.vcenter.unwraps()).filter(({ unwraps }) => !unwraps).map(({ name }) => name);
  }
}

/** Of simulated vCenters. */
export class Theatre extends StagedTheatre<Scene, Stage, VCenterSwitches> {
  constructor() {
    super({ prefix: "vsphere-", open: Scene.open, before: BEFORE, build: BUILD });
  }

  override async close(): Promise<void> {
    await super.close();
    await closeSharedKeyServers();
  }
}

const BEFORE: Record<Stage, Stage | undefined> = {
  bare: undefined,
  provided: "bare",
  trusting: "provided",
  certified: "trusting",
  defaulted: "certified",
};

/** Signs what a vCenter requests. */
const signed = (request: string): string =>
  issue(authority, { commonName: "vcenter", usage: "client", publicKey: publicKeyOf(request) }).cert;

const BUILD: Record<Stage, (scene: Scene) => Promise<unknown>> = {
  bare: async () => {},
  async provided(scene) {
    const { port } = scene.server();
    await new SoapCaller(scene.vcenter).register(STANDARD, port);
    await new RestCaller(scene.vcenter).create(TRUSTED, port, { description: "made by hand" });
  },
  async trusting(scene) {
    const { certificate } = scene.keyServers.at(0);
    for (const provider of [STANDARD, TRUSTED]) await scene.somebody("trustCertificate", { provider, certificate });
  },
  async certified(scene) {
    for (const provider of [STANDARD, TRUSTED]) {
      await scene.somebody("makeSigningRequest", { provider });
      const request = (provider === STANDARD ? scene.standard() : scene.trusted())?.signingRequest ?? "";
      await scene.somebody("uploadClientCertificate", { provider, certificate: signed(request) });
    }
  },
  defaulted: (scene) => scene.somebody("changeDefault", { provider: STANDARD }),
};
