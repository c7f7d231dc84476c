import type * as inInstance from "./lookup-in-instance";

/** {@link inInstance.lookUp}, loaded when first needed: it takes longer to load than all resources, and few programs use it. */
export const lookUp: typeof inInstance.lookUp = (args, opts, look) =>
  (require("./lookup-in-instance") as typeof inInstance).lookUp(args, opts, look);
