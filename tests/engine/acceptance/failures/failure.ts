import type { Method } from "../../../../provider/systems/element/api/types";
import type { FaultRule } from "../../../../simulator";
import type { Member } from "./fleet";

export type Command = "refresh" | "up" | "destroy";

/** How one command meets a failure. */
export interface Encounter {
  /** Brings the failure about, or makes it come about in the middle of the run. */
  inflict(member: Member): unknown;
  /** Of the error; without one the command succeeds all the same. */
  code?: string;
  /** In the error's message. */
  words?: string;
  /** An up fails while it waits for the rekey. */
  incomplete?: true;
}

/** What goes wrong with one cluster in each command. `docs/failures.md` has a line for each. */
export interface Failure extends Record<Command, Encounter> {
  name: string;
  /** Undoes what is more than fault rules and switches. */
  mend?(member: Member): unknown;
  /** Seconds for which what takes time is waited for. */
  deadline?: number;
  /** Rekeys that the cluster has done after each command and the one that follows without the failure. */
  rekeys?: Record<Command, number>;
  /** A refresh takes what it finds into state, and the next one what it finds then. */
  drifts?: "for good" | "while it lasts";
  /** The key server is this cluster's alone. */
  ownKeyServer?: true;
}

/** One that took the key to the key server, one that rotates it, one back. */
export const REKEYS: Record<Command, number> = { refresh: 1, up: 2, destroy: 3 };

export const REKEY = "RekeySoftwareEncryptionAtRestMasterKey";

export const byRule =
  (rule: FaultRule): Encounter["inflict"] =>
  ({ cluster }) =>
    cluster.faults.add(rule);

/** Acts once, in the middle of the run: when the cluster has acted on a call of `method`, and before it answers. */
export const during =
  (
    method: Method,
    act: (member: Member) => unknown,
    when: (member: Member) => boolean = () => true,
  ): Encounter["inflict"] =>
  (member) => {
    member.beforeAnswer = async (called) => {
      if (called !== method || !when(member)) return;
      member.beforeAnswer = () => {};
      await act(member);
    };
  };

export const rekeyRuns = ({ cluster }: Member): boolean => cluster.state().softwareEncryption.rekey !== undefined;

/** A cluster's name as resources can bear it. */
export const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
