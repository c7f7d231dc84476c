import { timingSafeEqual } from "node:crypto";
import type { BackgroundJobs } from "../../chassis/background-jobs";
import { Machine, type MachineRecord } from "../../chassis/machine";
import type { Store } from "../../chassis/store";
import { Sessions } from "./sessions";
import type { KeyProvider, ProviderSecrets, VCenterSecrets, VCenterState } from "./state";
import type { Switches } from "./switches";

/** A vCenter Server: one state behind both of its doors. */
export class VCenter extends Machine<VCenterState, VCenterSecrets, Switches> {
  readonly sessions = new Sessions(this.now, () => this.switches.sessionIdleSeconds);

  /** @param trustAuthority whose trusted providers its workloads use; by default its own */
  constructor(
    store: Store<MachineRecord<VCenterState, VCenterSecrets>>,
    switches: Switches,
    jobs: BackgroundJobs,
    now: () => Date,
    private readonly otherTrustAuthority?: VCenter,
  ) {
    super(store, switches, jobs, now);
  }

  get trustAuthority(): VCenter {
    return this.otherTrustAuthority ?? this;
  }

  timestamp(): string {
    return this.now().toISOString();
  }

  /** Milliseconds since a moment of the state, by this vCenter's clock. */
  since(moment: string): number {
    return this.now().getTime() - Date.parse(moment);
  }

  secretsOf({ uuid }: KeyProvider): ProviderSecrets {
    this.secrets.providers[uuid] ??= { passwords: {} };
    return this.secrets.providers[uuid];
  }

  isPassword(username: string, password: string): boolean {
    const [given, expected] = [Buffer.from(`${username}:${password}`), Buffer.from(this.login)];
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private get login(): string {
    return `${this.secrets.username}:${this.secrets.password}`;
  }

  /** A number that no object has had. */
  nextObject(): number {
    this.state.lastObject += 1;
    return this.state.lastObject;
  }
}
