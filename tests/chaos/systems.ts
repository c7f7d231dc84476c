import { ELEMENT_MATRICES } from "./element/matrices";
import { KEY_PROTECT_MATRICES } from "./key-protect/matrices";
import type { Matrix } from "./matrix";
import { VSPHERE_MATRICES } from "./vsphere/matrices";

/** The matrices of each system, by how runs that were cut off are finished. */
export const SYSTEMS: Readonly<Record<string, Readonly<Record<string, Matrix>>>> = {
  element: ELEMENT_MATRICES,
  keyprotect: KEY_PROTECT_MATRICES,
  vsphere: VSPHERE_MATRICES,
};
