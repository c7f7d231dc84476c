import type * as onCluster from "./element/lookup-on-cluster";
import type * as inInstance from "./keyprotect/lookup-in-instance";
import type * as onVcenter from "./vsphere/lookup-on-vcenter";

// Each is loaded when first needed: they take longer to load than all resources, and few programs use them.

export const lookUpOnCluster: typeof onCluster.lookUp = (args, opts, look) =>
  (require("./element/lookup-on-cluster") as typeof onCluster).lookUp(args, opts, look);

export const lookUpInInstance: typeof inInstance.lookUp = (args, opts, look) =>
  (require("./keyprotect/lookup-in-instance") as typeof inInstance).lookUp(args, opts, look);

export const lookUpOnVcenter: typeof onVcenter.lookUp = (args, opts, look) =>
  (require("./vsphere/lookup-on-vcenter") as typeof onVcenter).lookUp(args, opts, look);
