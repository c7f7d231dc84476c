import type { Inventory } from "../../element/inventory";
import type { CertificateFiles } from "../certificate-files";
import type { Variables } from "../names";
import type { Declaration } from "../plan";
import type { Remark } from "../remark";
import type { ConnectionName } from "../value";

/** Declarations of one kind by the ids of their objects. */
export type ById = ReadonlyMap<number, Declaration>;

/** A program in the making. */
export interface Draft {
  inventory: Inventory;
  now: Date;
  /** Logical name of what exists once on a cluster. */
  name: string;
  /** The argument of that name; absent where it is the default one. */
  cluster?: ConnectionName;
  variables: Variables;
  certificates: CertificateFiles;
  /** About what no resource of the program stands for. */
  remarks: Remark[];
}
