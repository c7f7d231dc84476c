import type * as pulumi from "@pulumi/pulumi";
import type { Vcenter } from "../../provider/systems/vsphere/api/vcenter";
import { DEFAULT_VCENTER } from "../../provider/systems/vsphere/default-vcenter";
import * as lookups from "../../provider/systems/vsphere/lookups";
import { vsphere } from "../../provider/systems/vsphere/system";
import { given } from "../given";
import { lookUpOn } from "../lookup-on-system";
import type { LookupArgs } from "./lookup-args";

/** Looks at a vCenter from the program's own process. */
export function lookUp<Result>(
  args: LookupArgs,
  opts: pulumi.InvokeOptions,
  look: (known: typeof lookups, vcenter: Vcenter) => Promise<Result>,
): Promise<Result> {
  const { vcenter: name = DEFAULT_VCENTER, connection } = given(args);
  return lookUpOn(vsphere, { name, connection }, opts, (vcenter) => look(lookups, vcenter));
}
