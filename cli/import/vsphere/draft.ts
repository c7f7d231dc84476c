import type { Inventory, KeyProviderInventory } from "../../vsphere/inventory";
import type { CertificateFiles } from "../certificate-files";
import type { Variables } from "../names";
import type { Declaration } from "../plan";
import type { Remark } from "../remark";
import type { ConnectionName } from "../value";

/** A program in the making. */
export interface Draft {
  inventory: Inventory;
  now: Date;
  /** The argument of that name; absent where it is the default one. */
  vcenter?: ConnectionName;
  variables: Variables;
  certificates: CertificateFiles;
  /** About what no resource of the program stands for. */
  remarks: Remark[];
}

/** A provider that the program declares. */
export interface DeclaredProvider {
  provider: KeyProviderInventory;
  declaration: Declaration;
}
