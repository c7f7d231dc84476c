import type { Attempt, Entry } from "../../provider/core/journal";
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
export async function cutOff(run: Run, { caller, region, key, adapter }: Scene, certificate: string) {
  await caller.adapter(key.id, "left-adapter");
  noteLeftover(run, region, "keyprotect:KmipAdapter", { to: "KMIP adapter", name: "left-adapter" });
  await caller.certificate(adapter.id, certificate, "left-client");
  noteRegistration(run, region, `${adapter.id}/left-client`);
}

/** Notes that a run was cut off when it had registered a certificate. @param name with the ID of the adapter */
export const noteRegistration = (run: Run, region: KeyProtectSimulator, name: string): void =>
  noteLeftover(run, region, "keyprotect:KmipClientCertificate", { to: "client certificate", name });

function noteLeftover(
  { journal, stack }: Run,
  { instance }: KeyProtectSimulator,
  token: string,
  attempt: Attempt & { name: string },
): void {
  const entry: Entry = { before: null, receipt: "never arrived", wrote: true, attempts: [attempt] };
  journal.write(instance, urnOf(token, `left behind ${attempt.name}`, stack), entry, "attempted");
}
