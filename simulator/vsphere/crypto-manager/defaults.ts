import { objectOf } from "../inventory/collection";
import { objectsOf, referencesIn } from "../inventory/objects";
import { runtimeFault } from "../soap/faults";
import { method, type SoapCall } from "../soap/method";
import { optional, reference, required, truth } from "../soap/parameters";
import type { ManagedObjectReference } from "../soap/values";
import { clusterOf, id, on, type ProviderId } from "./place";
import { providerId } from "./structures";

export const defaultMethods = {
  MarkDefault: method<{ clusterId: ProviderId }>({
    on,
    params: { clusterId: required(id) },
    async handle({ vcenter }, { clusterId }) {
      vcenter.state.defaultProvider = clusterOf(vcenter, clusterId).name;
      await vcenter.save();
    },
  }),

  /** Without a provider there is no default any more. */
  SetDefaultKmsCluster: method<{ entity?: ManagedObjectReference; clusterId?: ProviderId }>({
    on,
    params: { entity: optional(reference), clusterId: optional(id) },
    async handle(call, { entity, clusterId }) {
      const { vcenter } = call;
      const { state } = vcenter;
      const provider = clusterId?.id ? clusterOf(vcenter, clusterId).name : undefined;
      if (entity === undefined) {
        if (provider === undefined) delete state.defaultProvider;
        else state.defaultProvider = provider;
      } else {
        const { reference: found } = objectOf(objectsOf(call), entity);
        state.entityDefaults = state.entityDefaults.filter((each) => each.entity.value !== found.value);
        if (provider !== undefined) state.entityDefaults.push({ entity: { ...found }, provider });
      }
      await vcenter.save();
    },
  }),

  GetDefaultKmsCluster: method<{ entity?: ManagedObjectReference; defaultsToParent?: boolean }>({
    on,
    params: { entity: optional(reference), defaultsToParent: optional(truth) },
    handle(call, { entity, defaultsToParent = false }) {
      const { state, switches } = call.vcenter;
      const provider = entity ? defaultOf(call, entity, defaultsToParent) : state.defaultProvider;
      if (provider !== undefined) return providerId(provider);
      if (switches.noDefaultIsFault) throw runtimeFault("No default provider");
      return undefined;
    },
  }),
};

function defaultOf(call: SoapCall, entity: ManagedObjectReference, defaultsToParent: boolean): string | undefined {
  const { state } = call.vcenter;
  const { properties, reference: found } = objectOf(objectsOf(call), entity);
  const own = state.entityDefaults.find((each) => each.entity.value === found.value)?.provider;
  if (own !== undefined || !defaultsToParent) return own;
  const [parent] = referencesIn(properties.parent);
  return parent ? defaultOf(call, parent, true) : state.defaultProvider;
}
