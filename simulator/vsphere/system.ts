import type { Call, HttpRequest, System, TurnedAway } from "../chassis/system";
import { ManagedObjects } from "./inventory/registry";
import { routes } from "./rest/catalogue";
import { isForRest, readRestRequest } from "./rest/requests";
import { unfinishedTasks } from "./rest/tasks";
import { act, type ScenarioName, scenarios } from "./scenarios";
import { readSoapRequest } from "./soap/requests";
import { switchValues } from "./switch-values";
import { certificateSubject } from "./vcenter/birth";
import type { VCenter } from "./vcenter/machine";
import type { Switches } from "./vcenter/switches";
import { workloadOf } from "./workload/usage";

/** A vCenter, as the chassis runs it: two doors to one state. */
export function vcenterSystem(vcenter: VCenter): System<Switches> {
  const objects = new ManagedObjects();
  const read = (request: HttpRequest): Call | TurnedAway =>
    isForRest(request) ? readRestRequest(vcenter, routes, request) : readSoapRequest(vcenter, objects, request);
  return {
    read,
    certificateSubject,
    switchValues,
    scenarios: Object.fromEntries(
      Object.keys(scenarios).map((name) => [name, (params) => act(vcenter, name as ScenarioName, params)]),
    ),
    routes: { "GET /unwraps": () => workloadOf(vcenter) },
    unfinished: unfinishedTasks(vcenter, routes),
  };
}
