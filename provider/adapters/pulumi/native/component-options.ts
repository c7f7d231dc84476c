import type { ComponentResourceOptions, ProviderResource } from "@pulumi/pulumi";
import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";

/** The options that a program has given a component, as its class takes them. */
export function componentOptions(request: ConstructRequest): ComponentResourceOptions {
  const { DependencyResource } = require("@pulumi/pulumi/resource");
  const { deserializeProperty } = require("@pulumi/pulumi/runtime/rpc");
  const { hookBindingFromProto } = require("@pulumi/pulumi/runtime/resource");
  const providers = [...request.getProvidersMap().entries()].map(([name, reference]) => [name, instanceOf(reference)]);
  const deletedWith = request.getDeletedwith();
  const trigger = request.getReplacementTrigger();
  return {
    parent: request.getParent() === "" ? undefined : new DependencyResource(request.getParent()),
    dependsOn: request.getDependenciesList().map((urn) => new DependencyResource(urn)),
    providers: Object.fromEntries(providers),
    aliases: request.getAliasesList().map(aliasOf),
    protect: request.getProtect(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    customTimeouts: request.getCustomtimeouts()?.toObject(),
    retainOnDelete: request.getRetainondelete(),
    hooks: hookBindingFromProto(request.getResourceHooks()),
    ...(deletedWith === "" ? {} : { deletedWith: new DependencyResource(deletedWith) }),
    ...(trigger === undefined ? {} : { replacementTrigger: deserializeProperty(trigger.toJavaScript(), true) }),
  };
}

function instanceOf(reference: string): ProviderResource {
  const { DependencyProviderResource } = require("@pulumi/pulumi/resource");
  return new DependencyProviderResource(reference);
}

function aliasOf(alias: Alias): NonNullable<ComponentResourceOptions["aliases"]>[number] {
  const { rootStackResource } = require("@pulumi/pulumi/resource");
  const spec = alias.getSpec();
  if (spec === undefined) return alias.getUrn();
  const parts = { name: spec.getName(), type: spec.getType(), project: spec.getProject(), stack: spec.getStack() };
  const parent = spec.hasParenturn()
    ? { parent: spec.getParenturn() }
    : spec.getNoparent()
      ? { parent: rootStackResource }
      : {};
  return { ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== "")), ...parent };
}
