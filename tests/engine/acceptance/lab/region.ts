import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeyProtectSimulator, type KeyProtectSimulatorOptions } from "../../../../simulator";

/** A region of Key Protect over a folder of its own. */
export class Region {
  private constructor(
    readonly simulator: KeyProtectSimulator,
    private readonly folder: string,
  ) {}

  static async start(options: Partial<KeyProtectSimulatorOptions> = {}): Promise<Region> {
    const stateDir = mkdtempSync(join(tmpdir(), "ekm-region-"));
    return new Region(await KeyProtectSimulator.start({ stateDir, ...options }), stateDir);
  }

  /** How a provider reaches its first instance. */
  get connection() {
    const { endpoint, instance, apiKey, iamEndpoint, iamCertificate, certificate, kmipEndpoint } = this.simulator;
    const origin = { endpoint, instance, apiKey, caCertificate: certificate, kmipEndpoint };
    return { ...origin, iamEndpoint, iamCaCertificate: iamCertificate };
  }

  /** The calls so far that have changed something, in order. */
  get writes(): string[] {
    return this.simulator
      .calls()
      .filter(({ method, outcome }) => outcome === "ok" && method !== "createToken" && !method.startsWith("get"))
      .map(({ method }) => method);
  }

  /** Everything that the first instance has. */
  get objects() {
    const [instance] = this.simulator.state().instances;
    if (instance === undefined) throw new Error("the region has no instance");
    return instance;
  }

  async remove(): Promise<void> {
    await this.simulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
