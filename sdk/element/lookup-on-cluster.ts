import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../provider/systems/element/api/cluster";
import { DEFAULT_CLUSTER } from "../../provider/systems/element/default-cluster";
import * as lookups from "../../provider/systems/element/lookups";
import { element } from "../../provider/systems/element/system";
import { given } from "../given";
import { lookUpOn } from "../lookup-on-system";
import type { LookupArgs } from "./lookup-args";

/** Looks at a cluster from the program's own process. */
export function lookUp<Result>(
  args: LookupArgs,
  opts: pulumi.InvokeOptions,
  look: (known: typeof lookups, cluster: Cluster) => Promise<Result>,
): Promise<Result> {
  const { cluster: name = DEFAULT_CLUSTER, connection } = given(args);
  return lookUpOn(element, { name, connection }, opts, (cluster) => look(lookups, cluster));
}
