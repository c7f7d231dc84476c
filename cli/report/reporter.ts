import type { SystemConnections } from "../../provider/adapters/pulumi/connections";
import type { TlsVerification } from "../../provider/connections/https/settings";
import type { Comparing } from "../../provider/core/lifecycle";
import type { NamedSystem, SystemConnection } from "../../provider/core/system";
import type { Notice } from "./certificate-life";
import type { Html } from "./html/markup";
import type { KeyUser } from "./key-user";
import type { Finding, SystemReport } from "./model";
import type { RecordedResource } from "./state";

/** How systems of one kind are reported. */
export interface Reporter<Facts> {
  system: NamedSystem;
  /** Name of the connection that resources are on when they name none. */
  defaultConnection: string;
  /** Names of the connections that are configured. */
  names(connections: SystemConnections): string[];
  connect(connection: Comparing["connection"], name: string): ReportedConnection;
  /** Reads a system. */
  observe(connection: ReportedConnection, about: Observing): Promise<Facts>;
  /** What of the system asks key servers for its keys. */
  keyUsers(report: SystemReport<Facts>): KeyUser[];
  /** The facts, with those of all key users that have their keys in this system. */
  withKeyUsers(facts: Facts, users: readonly KeyUser[]): Facts;
  findings(facts: Facts): Finding[];
  /** Whether a certificate ends soon. */
  endsSoon(facts: Facts): boolean;
  /** What people call the system. */
  title(report: SystemReport<Facts>): string;
  /** What a terminal shows of a system, line by line. */
  summary(report: SystemReport<Facts>): string[];
  /** Its part of the page; `id` is its own there. */
  section(report: SystemReport<Facts>, now: Date, id: string): Html;
}

export interface ReportedConnection extends Pick<SystemConnection, "place" | "settings"> {
  readonly tlsVerification: TlsVerification;
}

/** What is known when a system is read. */
export interface Observing {
  now: Date;
  notice?: Notice;
  /** The resources of the state that are on the system. */
  recorded: readonly RecordedResource[];
}
