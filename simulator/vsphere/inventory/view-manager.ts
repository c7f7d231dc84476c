import { noSuchObject } from "../soap/faults";
import { method } from "../soap/method";
import { reference, repeated, required, text, truth } from "../soap/parameters";
import type { ManagedObjectReference } from "../soap/values";
import { objectOf } from "./collection";
import { objectsOf } from "./objects";

export const viewManagerMethods = {
  CreateContainerView: method<{ container: ManagedObjectReference; type: string[]; recursive: boolean }>({
    on: ["ViewManager"],
    params: { container: required(reference), type: repeated(text), recursive: required(truth) },
    handle(call, { container, type: types, recursive }) {
      const { reference: found } = objectOf(objectsOf(call), container);
      const view = call.objects.newReference("ContainerView", "view");
      call.objects.views.set(view.value, { reference: view, container: found, types, recursive });
      return view;
    },
  }),

  DestroyView: method<object>({
    on: ["ContainerView"],
    params: {},
    async handle({ objects, self }) {
      if (!objects.views.delete(self.value)) throw noSuchObject(self);
    },
  }),
};
