import type * as pulumi from "@pulumi/pulumi";

/** An object whose members may come from other resources. */
export type MembersAsInputs<T> = { [Name in keyof T]: pulumi.Input<T[Name]> };
