import type { Call } from "../../../../connections/https/call";
import { ShapeError } from "../../../../connections/https/shapes";
import type { ConnectionRuntime } from "../../../../core/system";
import { errorOf } from "../answer";
import { endOf, failedTask } from "../task-end";
import { displayable } from "../texts";
import type { KmipClusterInfo, KmipClusterStatus, ManagedObjectReference } from "../types";
import { typeOf } from "./answer";
import { clusterPart, SOAP_METHODS } from "./methods";
import { ofObject, type Page, page, property } from "./properties";
import { many, maybeChild, one, oneOf, reference } from "./reading";
import type { Ask } from "./requests";
import { clusterStatus } from "./results";
import type { XmlElement } from "./xml";

const METHOD = "RetrieveKmipServersStatus_Task";

/** The status of providers, which vCenter finds out in a task. */
export async function retrieveStatus(
  ask: Ask,
  cryptoManager: ManagedObjectReference,
  propertyCollector: ManagedObjectReference,
  clusters: readonly KmipClusterInfo[],
  runtime: Pick<ConnectionRuntime, "clock" | "signal">,
): Promise<KmipClusterStatus[]> {
  const { task, call } = await ask({
    ...{ ...SOAP_METHODS[METHOD], method: METHOD, self: cryptoManager },
    parameters: clusters.map(clusterPart),
    read: (answer, path, started) => ({ task: one(reference)(answer, "returnval", path), call: started }),
  });
  const look = () =>
    ask({
      ...({ method: "RetrievePropertiesEx", effect: "read", self: propertyCollector } as const),
      parameters: ofObject(task, [STATE, RESULT, ERROR]),
      read: (answer, path) => endIn(page(answer, path), task, call),
    });
  return endOf(call, look, runtime);
}

const STATE = "info.state";
const RESULT = "info.result";
const ERROR = "info.error";

/** `undefined` while the task runs; throws what it failed with. */
function endIn(found: Page, task: ManagedObjectReference, call: Call): KmipClusterStatus[] | undefined {
  const state = property(found, task, STATE);
  if (state === undefined) throw new ShapeError(STATE, undefined, "the state of a task");
  switch (oneOf("queued", "running", "success", "error")(state, STATE)) {
    case "success": {
      const result = property(found, task, RESULT);
      if (result === undefined) throw new ShapeError(RESULT, undefined, "a list of statuses");
      return many(clusterStatus)(result, "CryptoManagerKmipClusterStatus", RESULT);
    }
    case "error":
      throw failureIn(property(found, task, ERROR), call);
    default:
      return undefined;
  }
}

function failureIn(error: XmlElement | undefined, call: Call): Error {
  const fault = error && maybeChild(error, "fault", ERROR);
  // Every fault is a MethodFault: without a type of its own it says nothing.
  const vendorName = fault?.xsiType === undefined ? undefined : typeOf(fault);
  if (error === undefined || vendorName === undefined) return failedTask(call);
  const message = maybeChild(error, "localizedMessage", ERROR)?.text;
  return errorOf(call, {
    vendorName: displayable(vendorName),
    message: displayable(message ?? "") || "no reason given",
    where: "its task failed",
  });
}
