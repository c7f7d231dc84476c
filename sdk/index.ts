import "../provider/core/node/required";

export * as element from "./element";
export * as keyprotect from "./keyprotect";
export { useNativePlugin } from "./native-plugin";
export * as pki from "./pki";
export {
  type ClusterConnection,
  type KeyProtectInstanceConnection,
  Provider,
  type ProviderArgs,
  type VcenterConnection,
} from "./provider";
export * as vsphere from "./vsphere";
