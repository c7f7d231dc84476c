import type { Entry } from "../../provider/core/journal";
import type { VcenterSettings } from "../../provider/systems/vsphere/api/settings";
import type { Vcenter } from "../../provider/systems/vsphere/api/vcenter";
import { vsphere } from "../../provider/systems/vsphere/system";
import type { VCenterSimulator } from "../../simulator/vsphere";
import { SystemResource, urnOf } from "../kit/resource";
import { type RunOptions, SystemRun } from "../kit/run";
import { PASSWORD, type Scene } from "./stage";

/** How a simulated vCenter is reached. */
export const settingsOf = ({
  endpoint,
  username,
  fingerprint256,
}: Pick<VCenterSimulator, "endpoint" | "username" | "fingerprint256">): VcenterSettings => ({
  endpoint,
  username,
  password: PASSWORD,
  fingerprint256,
});

/** Runs against simulated vCenters, on the clock of theirs, by the names of their connections. */
export class Run extends SystemRun<VcenterSettings, Vcenter> {
  constructor(vcenters: Readonly<Record<string, VcenterSettings>>, options: RunOptions) {
    super(vsphere, vcenters, { secret: PASSWORD, ...options });
  }
}

/** Arguments that a program may leave out, and check fills in. */
export type Filled = "vcenter" | "onDelete" | "waitFor";

export class Resource<I extends object, O extends object> extends SystemResource<I, O, Filled> {}

export const runOn = ({ vcenter, clock }: Scene, options: RunOptions = {}): Run =>
  new Run({ default: settingsOf(vcenter) }, { clock, ...options });

/** Notes that a run was cut off when it had made a key provider. @param reference its name, after that of its cluster */
export function noteLeftover({ journal, stack }: Run, { vcenter }: Scene, token: string, reference: string): void {
  const attempts = [{ to: "key provider", name: reference }];
  const entry: Entry = { before: null, receipt: "never arrived", wrote: true, attempts };
  journal.write(vcenter.instanceUuid, urnOf(token, "left behind", stack), entry, "attempted");
}
