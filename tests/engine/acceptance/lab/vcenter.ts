import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VCenterSimulator, type VCenterSimulatorOptions } from "../../../../simulator";

/** A vCenter over a folder of its own. */
export class VCenter {
  private constructor(
    private running: VCenterSimulator,
    private readonly options: VCenterSimulatorOptions,
  ) {}

  static async start(given: Partial<VCenterSimulatorOptions> = {}): Promise<VCenter> {
    const options = { stateDir: mkdtempSync(join(tmpdir(), "ekm-vcenter-")), healthLagSeconds: 0.2, ...given };
    return new VCenter(await VCenterSimulator.start(options), options);
  }

  /** Another one once it has gone back. */
  get simulator(): VCenterSimulator {
    return this.running;
  }

  /** Copies everything that it has. */
  keep(folder: string): void {
    cpSync(this.options.stateDir, folder, { recursive: true });
  }

  /** Has what was copied again, at the same address. */
  async goBack(folder: string): Promise<void> {
    const port = Number(new URL(this.running.endpoint).port);
    await this.running.close();
    rmSync(this.options.stateDir, { recursive: true });
    cpSync(folder, this.options.stateDir, { recursive: true });
    this.running = await VCenterSimulator.start({ ...this.options, port });
  }

  /** How a provider reaches it. */
  get connection() {
    const { endpoint, username, password, fingerprint256 } = this.simulator;
    return { endpoint, username, password, fingerprint256 };
  }

  /** The same by the keys of a stack's configuration. */
  get settings(): Record<string, string> {
    const members = Object.entries(this.connection);
    return Object.fromEntries(members.map(([member, value]) => [`ekm:vcenters.default.${member}`, value]));
  }

  /** The calls so far that have changed something, in order. */
  get writes(): string[] {
    return this.simulator
      .calls()
      .filter(({ method, outcome }) => outcome === "ok" && isWrite(method))
      .map(({ method }) => method);
  }

  /** Machines and hosts whose data cannot be read at this moment. */
  async unreadable(): Promise<string[]> {
    return (await this.simulator.unwraps()).filter(({ unwraps }) => !unwraps).map(({ name }) => name);
  }

  async remove(): Promise<void> {
    await this.running.close();
    rmSync(this.options.stateDir, { recursive: true, force: true });
  }
}

/** Whether a method of either API changes what a vCenter keeps of key providers. */
export const isWrite = (method: string): boolean =>
  !/^(?:get|list|query|retrieve|is|login|logout|createSession|deleteSession|createContainerView|destroyView|continue)/i.test(
    method,
  );
