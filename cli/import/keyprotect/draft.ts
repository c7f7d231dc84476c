import type { Inventory } from "../../keyprotect/inventory";
import type { CertificateFiles } from "../certificate-files";
import type { Variables } from "../names";
import type { Declaration } from "../plan";
import type { Remark } from "../remark";
import type { ConnectionName } from "../value";

/** Declarations of one kind by the ids of their objects. */
export type ById = ReadonlyMap<string, Declaration>;

/** A program in the making. */
export interface Draft {
  inventory: Inventory;
  now: Date;
  /** The argument of that name; absent where it is the default one. */
  instance?: ConnectionName;
  variables: Variables;
  certificates: CertificateFiles;
  /** About what no resource of the program stands for. */
  remarks: Remark[];
}

/** As much of an ID as tells it from others. */
export const legibleID = (id: string): string => id.slice(0, 8);
