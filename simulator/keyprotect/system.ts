import type { System } from "../chassis/system";
import { clientOf } from "./adapters/admission";
import { routes } from "./catalogue";
import { readServiceRequest } from "./http/requests";
import { isForIam, readIamRequest } from "./iam/token-endpoint";
import { opens } from "./objects/store";
import { stateOf } from "./objects/transitions";
import { certificateSubject } from "./region/birth";
import type { Region } from "./region/machine";
import type { Switches } from "./region/switches";
import { scenarios } from "./scenarios";
import { switchValues } from "./switch-values";

/** A region, as the chassis runs it. IAM may be served by the same endpoint, or by another one. */
export function keyProtectSystem(region: Region, servesIam: boolean): System<Switches> {
  return {
    read: (request) =>
      servesIam && isForIam(request) ? readIamRequest(region, request) : readServiceRequest(region, routes, request),
    certificateSubject,
    switchValues,
    scenarios: Object.fromEntries(
      Object.entries(scenarios).map(([name, act]) => [
        name,
        (params) => {
          act(region, params);
          return region.save();
        },
      ]),
    ),
    routes: {
      "GET /objects": () => objectsOf(region),
      "POST /client": ({ fingerprint256 }) => {
        const client = clientOf(region, `${fingerprint256}`, region.now());
        return client === undefined ? {} : { adapter: client.adapter.id, certificate: client.certificateID };
      },
    },
    unfinished: [],
  };
}

/** A KMIP object, and whether a client could have its material now. */
export interface ObservedObject {
  instance: string;
  adapter: string;
  id: string;
  state: number;
  opens: boolean;
}

export const objectsOf = (region: Region): ObservedObject[] =>
  region.state.instances.flatMap((instance) =>
    instance.adapters.flatMap((adapter) =>
      adapter.objects.map((object) => ({
        instance: instance.guid,
        adapter: adapter.id,
        id: object.id,
        state: stateOf(object),
        opens: opens(region, { instance, adapter }, object),
      })),
    ),
  );
