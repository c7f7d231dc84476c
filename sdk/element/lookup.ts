import type * as onCluster from "./lookup-on-cluster";

/** {@link onCluster.lookUp}, loaded when first needed: it takes longer to load than all resources, and few programs use it. */
export const lookUp: typeof onCluster.lookUp = (args, opts, look) =>
  (require("./lookup-on-cluster") as typeof onCluster).lookUp(args, opts, look);
