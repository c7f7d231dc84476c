import type { Operation } from "../begin";
import type { RegionSite } from "./site";

/** How a program differs from the plain one of program.js. */
export interface Program {
  /** Of adapter, registration and key server: by another name, the cluster moves to another adapter. */
  place?: "primary" | "west";
  /** The cluster keeps internal keys. */
  internal?: boolean;
  rotation?: string;
  renewal?: string;
  /** Whether there is a cluster. */
  cluster?: boolean;
  vault?: { name?: string; certificate: string };
  /** All resources have other names, with aliases. */
  renamed?: boolean;
}

export const program = (differences: Program = {}): Program => differences;

const withoutCluster = (differences: Program = {}): Program => ({ cluster: false, ...differences });

export const vaulted = ({ clients }: RegionSite): Program =>
  withoutCluster({ vault: { certificate: clients.vault.cert } });
export const vaultedElsewhere = ({ clients }: RegionSite): Program =>
  withoutCluster({ vault: { name: "other", certificate: clients.other.cert } });

export const OPERATIONS = {
  "first up": { from: "bare", command: "up", program: () => program() },
  "root key rotated": { from: "external", command: "up", program: () => program({ rotation: "2" }) },
  "certificate renewed": { from: "external", command: "up", program: () => program({ renewal: "2" }) },
  "adapter with keys deleted": { from: "vaulted", command: "up", program: () => withoutCluster() },
  destroy: { from: "external", command: "destroy", program: () => program() },
} as const satisfies Record<string, Operation<RegionSite>>;

export type OperationName = keyof typeof OPERATIONS;
export const operationNames = Object.keys(OPERATIONS) as OperationName[];
