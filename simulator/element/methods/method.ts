import type { Method, Params, Result } from "../../../provider/systems/element/api/types";
import type { Cluster } from "../cluster/machine";
import type { ParameterSchema } from "./parameters";

/** One method of the API: its first version, its parameters, its work. */
export interface MethodDefinition<M extends Method> {
  /** First API version that has the method. */
  since: string;
  params: ParameterSchema<Params<M>>;
  handle(cluster: Cluster, params: Params<M>): Result<M> | Promise<Result<M>>;
}

export type MethodGroup<M extends Method> = { [Name in M]: MethodDefinition<Name> };
