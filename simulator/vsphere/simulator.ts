import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { BackgroundJobs } from "../chassis/background-jobs";
import { Simulator, type SimulatorOptions } from "../chassis/simulator";
import { Store } from "../chassis/store";
import { checkSwitches } from "../chassis/switch-values";
import type { Method } from "./methods";
import { act, type ScenarioName } from "./scenarios";
import { switchValues } from "./switch-values";
import { vcenterSystem } from "./system";
import { isApiVersion } from "./vcenter/api-version";
import { createVCenter } from "./vcenter/birth";
import { VCenter } from "./vcenter/machine";
import { defaultSwitches, type Switches } from "./vcenter/switches";
import { type ObservedWorkload, workloadOf } from "./workload/usage";

export interface VCenterSimulatorOptions extends SimulatorOptions {
  /** Default `administrator@vsphere.local`, or what the folder has. */
  username?: string;
  /** Default: a random one, or what the folder has. */
  password?: string;
  /** Default 8.0.3.0, or what the folder has. */
  apiVersion?: string;
  /** How many Trust Authority clusters a new vCenter has. Default 1. */
  trustAuthorityClusters?: number;
  /** Shorthand for the switch of that name. */
  healthLagSeconds?: number;
  switches?: Partial<Switches>;
  /** Whose trusted providers the workloads of this vCenter use. Default: its own. */
  trustAuthority?: VCenterSimulator;
  /** The vCenter's clock. Default the system's. */
  now?: () => Date;
}

/** A simulated vCenter Server: REST, SOAP, and real TLS and KMIP towards the key servers that it is given. */
export class VCenterSimulator extends Simulator<VCenter, Method> {
  static async start(options: VCenterSimulatorOptions): Promise<VCenterSimulator> {
    const vcenter = await openVCenter(options, options.trustAuthority?.machine);
    return new VCenterSimulator(vcenter, vcenterSystem(vcenter), options.beforeAnswer).open(options);
  }

  get username(): string {
    return this.machine.secrets.username;
  }

  get password(): string {
    return this.machine.secrets.password;
  }

  /** Who this vCenter is, whatever its address. */
  get instanceUuid(): string {
    return this.machine.state.instanceUuid;
  }

  /** Ids of its Trust Authority clusters. */
  get trustAuthorityClusters(): string[] {
    return this.machine.state.trustAuthorityClusters.map(({ cluster }) => cluster);
  }

  /** Does what somebody else would do, past the API's refusals. */
  act(name: ScenarioName, params: Record<string, unknown> = {}): Promise<void> {
    return act(this.machine, name, params);
  }

  /** Every machine and host that is encrypted, and whether its data can be read now, through its provider. */
  unwraps(): Promise<ObservedWorkload[]> {
    return workloadOf(this.machine);
  }
}

async function openVCenter(options: VCenterSimulatorOptions, trustAuthority?: VCenter): Promise<VCenter> {
  const { apiVersion, healthLagSeconds, username, password } = options;
  if (apiVersion !== undefined && !isApiVersion(apiVersion)) throw new RangeError(`${apiVersion} is no API version`);
  const trueTime = options.now ?? (() => new Date());
  const shorthand = healthLagSeconds === undefined ? {} : { healthLagSeconds };
  const switches = { ...defaultSwitches(), ...checkSwitches(switchValues, { ...options.switches, ...shorthand }) };
  const now = () => new Date(trueTime().getTime() + switches.clockOffsetSeconds * 1000);
  const store = await Store.open(join(options.stateDir, "vcenter.json"), () =>
    createVCenter(
      {
        username: username ?? "administrator@vsphere.local",
        password: password ?? randomBytes(12).toString("base64url"),
        apiVersion: apiVersion ?? "8.0.3.0",
        trustAuthorityClusters: options.trustAuthorityClusters ?? 1,
      },
      now(),
    ),
  );
  const vcenter = new VCenter(store, switches, new BackgroundJobs(), now, trustAuthority);
  vcenter.secrets.username = username ?? vcenter.secrets.username;
  vcenter.secrets.password = password ?? vcenter.secrets.password;
  vcenter.state.apiVersion = apiVersion ?? vcenter.state.apiVersion;
  await vcenter.save();
  return vcenter;
}
