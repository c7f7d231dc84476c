import type { Entry } from "../../provider/core/journal";
import type { Instance } from "../../provider/systems/keyprotect/api/instance";
import type { InstanceSettings } from "../../provider/systems/keyprotect/api/settings";
import { keyProtect } from "../../provider/systems/keyprotect/system";
import type { KeyProtectSimulator } from "../../simulator/keyprotect";
import { SystemResource, urnOf } from "../kit/resource";
import { type RunOptions, SystemRun } from "../kit/run";
import { API_KEY, type Scene } from "./stage";

/** How an instance of a simulated region is reached. */
export const settingsOf = ({
  endpoint,
  instance,
  fingerprint256,
  iamEndpoint,
  iamCertificate,
  kmipEndpoint,
}: Pick<
  KeyProtectSimulator,
  "endpoint" | "instance" | "fingerprint256" | "iamEndpoint" | "iamCertificate" | "kmipEndpoint"
>): InstanceSettings => ({
  endpoint,
  instance,
  apiKey: API_KEY,
  iamEndpoint,
  iamCaCertificate: iamCertificate,
  kmipEndpoint,
  fingerprint256,
});

/** Runs against simulated regions, on the clock of theirs, by the names of their connections. */
export class Run extends SystemRun<InstanceSettings, Instance> {
  constructor(instances: Readonly<Record<string, InstanceSettings>>, options: RunOptions) {
    super(keyProtect, instances, { secret: API_KEY, ...options });
  }
}

/** Arguments that a program may leave out, and check fills in. */
export type Filled = "instance" | "onDelete";

export class Resource<I extends object, O extends object> extends SystemResource<I, O, Filled> {}

export const runOn = ({ region, clock }: Scene, options: RunOptions = {}): Run =>
  new Run({ default: settingsOf(region) }, { clock, ...options });

/** Notes what a run leaves that was cut off when it had made an adapter and a registration, and makes both. */
export async function cutOff({ journal, stack }: Run, { caller, region, key, adapter }: Scene, certificate: string) {
  const note = (token: string, kind: string, name: string) => {
    const entry: Entry = { before: null, receipt: "never arrived", wrote: true, attempts: [{ to: kind, name }] };
    journal.write(region.instance, urnOf(token, `left behind ${name}`, stack), entry, "attempted");
  };
  await caller.adapter(key.id, "left-adapter");
  note("keyprotect:KmipAdapter", "KMIP adapter", "left-adapter");
  await caller.certificate(adapter.id, certificate, "left-client");
  note("keyprotect:KmipClientCertificate", "client certificate", `${adapter.id}/left-client`);
}
