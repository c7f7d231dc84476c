import { text } from "../../chassis/kinds";
import { readAction } from "../http/bodies";
import { nothing, type Route, type ServiceRequest } from "../http/route";
import { ServiceError } from "../region/errors";
import type { Region } from "../region/machine";
import type { Key } from "../region/state";
import { type StateNumber, stateOf } from "./aging";
import { rootKeyOf } from "./lookup";
import { newVersion } from "./material";

export const keyActionRoutes = {
  rotateKey: {
    verb: "POST",
    path: "/keys/{id}/actions/rotate",
    failure: "Action could not be performed on key",
    async handle(request) {
      const { region } = request;
      const key = rootKeyOf(request);
      const { payload = "" } = readAction<{ payload: string }>(request.body, { payload: text });
      assertState(region, key, [1, 3]);
      if (payload !== "" && !key.imported) {
        throw new ServiceError("payloadNotTaken", "This root key was generated: it is rotated without key material", {
          type: "field",
          name: "payload",
        });
      }
      if (payload === "" && key.imported) {
        throw new ServiceError(
          "payloadMissing",
          "This root key was created with user-supplied key material: Key material is required to perform a 'rotate' action",
        );
      }
      const { rotationPauseSeconds } = region.switches;
      if (key.rotatedAt !== undefined && region.since(key.rotatedAt) < rotationPauseSeconds * 1000) {
        throw new ServiceError(
          "rotatedRecently",
          "This root key has been rotated within the last hour: Only one 'rotate' action per hour is permitted",
        );
      }
      rotate(region, key, payload || undefined);
      await region.save();
      return nothing;
    },
  },

  disableKey: {
    verb: "POST",
    path: "/keys/{id}/actions/disable",
    failure: "Key is not in active state: Key could not be disabled",
    handle: (request) => turned(request, [1], "suspended"),
  },

  enableKey: {
    verb: "POST",
    path: "/keys/{id}/actions/enable",
    failure: "Key could not be enabled",
    handle: (request) => turned(request, [2], "active"),
  },
} satisfies Record<string, Route>;

/** Gives a key a new version. What older ones have sealed stays as it is. */
export function rotate(region: Region, key: Key, payload?: string): void {
  const version = newVersion(region, payload, key.extractable);
  key.versions.push(version);
  key.rotatedAt = version.createdAt;
  key.updatedAt = version.createdAt;
}

export function assertState(region: Region, key: Key, allowed: StateNumber[]): void {
  if (!allowed.includes(stateOf(region, key))) throw new ServiceError("keyState", "Key is not in a valid state");
}

/** Refuses what may not follow at once on the last change of a key. */
export function assertPaused(region: Region, { updatedAt }: Key): void {
  if (region.since(updatedAt) >= region.switches.actionPauseSeconds * 1000) return;
  throw new ServiceError("tooEarly", "The key was updated recently: Please wait and try again");
}

async function turned(request: ServiceRequest, from: StateNumber[], to: "active" | "suspended") {
  const { region } = request;
  const key = rootKeyOf(request);
  readAction(request.body, {});
  assertState(region, key, from);
  if (to === "active") assertPaused(region, key);
  key.state = to;
  key.updatedAt = region.act().at;
  await region.save();
  return nothing;
}
