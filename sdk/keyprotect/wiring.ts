import * as pulumi from "@pulumi/pulumi";
import { unshown } from "../../provider/adapters/pulumi/resource/engine-names";
import { isResourceOf, type ResourceOf, resourceIn } from "../reference";
import type { Wired } from "../resource";
import { secretTriggers } from "../secret-triggers";

/** What classes take from the resources that are their arguments, by the token of the class. */
export const wiring = {
  "keyprotect:RootKey": (
    _opts: pulumi.CustomResourceOptions,
    args: { rotationTriggers?: pulumi.Input<object> },
  ): Wired => ({ inputs: { ...args, secretTriggers: secretTriggers(args.rotationTriggers) } }),

  "keyprotect:KmipAdapter": (
    _opts: pulumi.CustomResourceOptions,
    args: InInstance & { rootKey: ResourceOf<"keyprotect:RootKey"> | pulumi.Input<string> },
    owner: string,
  ): Wired => {
    const rootKey = resourceIn("keyprotect:RootKey", "rootKey", args.rootKey, owner);
    return {
      inputs: { ...args, rootKey: rootKey?.id ?? args.rootKey, instance: args.instance ?? rootKey?.instance },
      after: [rootKey],
    };
  },

  "keyprotect:KmipClientCertificate": (_opts: pulumi.CustomResourceOptions, args: AtAdapter, owner: string): Wired => {
    const { inputs, after } = atAdapter(args, owner);
    return { inputs: { ...inputs, adapterOnDelete: adapterIn(args, owner)?.onDelete }, after };
  },

  "keyprotect:KmipAdapterClients": (
    _opts: pulumi.CustomResourceOptions,
    args: AtAdapter & { clientCertificates: readonly (ClientCertificate | pulumi.Input<string>)[] },
    owner: string,
  ): Wired => {
    const { inputs, after = [] } = atAdapter(args, owner);
    const clientCertificates = args.clientCertificates.map((each) =>
      isResourceOf("keyprotect:KmipClientCertificate", each) ? each.certificateID : each,
    );
    const told = args.clientCertificates.map((each) =>
      isResourceOf("keyprotect:KmipClientCertificate", each) ? each.superseded : [],
    );
    const superseded = pulumi.all(told).apply((lists) => lists.flat());
    return {
      inputs: { ...inputs, clientCertificates, [unshown("supersededRegistrations")]: superseded },
      after: [...after, ...args.clientCertificates],
    };
  },
} as const;

interface InInstance {
  instance?: pulumi.Input<string>;
}

interface AtAdapter extends InInstance {
  adapter: ResourceOf<"keyprotect:KmipAdapter"> | pulumi.Input<string>;
}

type ClientCertificate = ResourceOf<"keyprotect:KmipClientCertificate">;

const adapterIn = ({ adapter }: AtAdapter, owner: string): ResourceOf<"keyprotect:KmipAdapter"> | undefined =>
  resourceIn("keyprotect:KmipAdapter", "adapter", adapter, owner);

function atAdapter(args: AtAdapter, owner: string): Wired {
  const adapter = adapterIn(args, owner);
  return {
    inputs: { ...args, adapter: adapter?.id ?? args.adapter, instance: args.instance ?? adapter?.instance },
    after: [adapter],
  };
}
