import { givenLogin } from "../given-login";

/** A cluster whose connection stands on the command line. */
export const givenCluster = givenLogin({
  endpoint: "the cluster's management address",
  user: "of a cluster administrator",
  system: "the cluster",
});
