import type * as pulumi from "@pulumi/pulumi";
import type { Instance } from "../../provider/systems/keyprotect/api/instance";
import { DEFAULT_INSTANCE } from "../../provider/systems/keyprotect/default-instance";
import * as lookups from "../../provider/systems/keyprotect/lookups";
import { keyProtect } from "../../provider/systems/keyprotect/system";
import { given } from "../given";
import { lookUpOn } from "../lookup-on-system";
import type { LookupArgs } from "./lookup-args";

/** Looks at an instance from the program's own process. */
export function lookUp<Result>(
  args: LookupArgs,
  opts: pulumi.InvokeOptions,
  look: (known: typeof lookups, instance: Instance) => Promise<Result>,
): Promise<Result> {
  const { instance: name = DEFAULT_INSTANCE, connection } = given(args);
  return lookUpOn(keyProtect, { name, connection }, opts, (instance) => look(lookups, instance));
}
