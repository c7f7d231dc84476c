import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VCenterSimulator, type VCenterSimulatorOptions } from "../../../../simulator";

/** A vCenter over a folder of its own. */
export class VCenter {
  private constructor(
    readonly simulator: VCenterSimulator,
    private readonly folder: string,
  ) {}

  static async start(options: Partial<VCenterSimulatorOptions> = {}): Promise<VCenter> {
    const stateDir = mkdtempSync(join(tmpdir(), "ekm-vcenter-"));
    return new VCenter(await VCenterSimulator.start({ stateDir, healthLagSeconds: 0.2, ...options }), stateDir);
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
    await this.simulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whether a method of either API changes what a vCenter keeps of key providers. */
export const isWrite = (method: string): boolean =>
  !/^(?:get|list|query|retrieve|is|login|logout|createSession|deleteSession|createContainerView|destroyView|continue)/i.test(
    method,
  );
