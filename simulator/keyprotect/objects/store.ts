import { randomUUID } from "node:crypto";
import { type ManagedObjects, OperationFailure, type StoredObject } from "../../../kmip";
import { type Place, touch } from "../adapters/lookup";
import { custodyOf } from "../keys/custody";
import type { Region } from "../region/machine";
import type { KmipObject, ObjectAct } from "../region/state";
import { isLive } from "./transitions";

/** The objects of an adapter, as KMIP's operations find and keep them: material goes in and out sealed. */
export class AdapterObjects implements ManagedObjects {
  constructor(
    private readonly region: Region,
    private readonly place: Place,
    /** Of the registration by which the client was let in. */
    private readonly certificateID: string,
  ) {}

  find(uid: string): StoredObject | undefined {
    const object = this.place.adapter.objects.find(({ managed }) => managed.uid === uid);
    return object && stored(object);
  }

  all(): StoredObject[] {
    return this.place.adapter.objects.map(stored);
  }

  put(object: StoredObject): void {
    const { adapter } = this.place;
    const act: ObjectAct = { ...this.region.act(), certificate: this.certificateID };
    const known = adapter.objects.find(({ managed }) => managed.uid === object.uid);
    const kept: KmipObject = Object.assign(known ?? { id: this.#newID(object.uid), created: act }, {
      ...written(object),
      updated: act,
    });
    if (!isLive(kept)) kept.destroyed ??= act;
    if (!known) adapter.objects.push(kept);
    touch(adapter, act);
  }

  #newID(uid: string): string {
    return this.region.switches.objectID === "uniqueIdentifier" ? uid : randomUUID();
  }
}

/** Whether an object's material could be given out now. */
export function opens(region: Region, { instance, adapter }: Place, { material }: KmipObject): boolean {
  try {
    const custody = custodyOf(region, instance, adapter.keyID);
    return material !== undefined && custody.open(Buffer.from(material, "base64")).length > 0;
  } catch (error) {
    if (error instanceof OperationFailure) return false;
    throw error;
  }
}

function stored({ managed, material }: KmipObject): StoredObject {
  const dates = Object.fromEntries(Object.entries(managed.dates).map(([name, moment]) => [name, new Date(moment)]));
  return {
    ...structuredClone(managed),
    dates: dates as unknown as StoredObject["dates"],
    ...(material === undefined ? {} : { material: Buffer.from(material, "base64") }),
  };
}

function written({ dates, material, ...managed }: StoredObject): Pick<KmipObject, "managed" | "material"> {
  const moments = Object.entries(dates).map(([name, date]) => [name, (date as Date).toISOString()]);
  return {
    managed: { ...structuredClone(managed), dates: Object.fromEntries(moments) },
    material: material?.toString("base64"),
  };
}
