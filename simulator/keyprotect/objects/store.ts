import { randomUUID } from "node:crypto";
import { OperationFailure } from "../../../kmip/failure";
import type { StoredObject } from "../../../kmip/managed-object";
import { type Place, touch } from "../adapters/lookup";
import { custodyOf, type KeyCustody, RootKeyUnavailableError } from "../keys/custody";
import type { Region } from "../region/machine";
import type { KmipObject, ObjectAct } from "../region/state";
import { isLive } from "./transitions";

/**
 * The objects of an adapter, as KMIP's operations find and keep them. Material is sealed under the version that the root key
 * has when the object is made. While the root key cannot be used, nothing is found and nothing kept.
 */
export class AdapterObjects {
  constructor(
    private readonly region: Region,
    private readonly place: Place,
    /** Of the registration by which the client was let in. */
    private readonly certificateID?: string,
  ) {}

  find(uid: string): StoredObject | undefined {
    const custody = this.#custody();
    const object = this.place.adapter.objects.find(({ managed }) => managed.uid === uid);
    return object && opened(object, custody);
  }

  /** Every object, oldest first. */
  all(): StoredObject[] {
    const custody = this.#custody();
    return this.place.adapter.objects.map((object) => opened(object, custody));
  }

  put({ material, ...managed }: StoredObject): void {
    const custody = this.#custody();
    const { adapter } = this.place;
    const act: ObjectAct = { ...this.region.act(), certificate: this.certificateID };
    const known = adapter.objects.find((object) => object.managed.uid === managed.uid);
    const object = known ?? { id: this.#newID(managed.uid), created: act };
    const kept: KmipObject = Object.assign(object, { managed: written(managed), updated: act });
    if (material === undefined) delete kept.material;
    else kept.material ??= custody.seal(material, managed.uid);
    if (!isLive(kept)) kept.destroyed ??= act;
    if (!known) adapter.objects.push(kept);
    touch(adapter, act);
    void this.region.save();
  }

  #newID(uid: string): string {
    return this.region.switches.objectID === "uniqueIdentifier" ? uid : randomUUID();
  }

  #custody(): KeyCustody {
    const custody = custodyIn(this.region, this.place);
    try {
      custody.assertUsable();
    } catch (error) {
      if (error instanceof RootKeyUnavailableError) throw new OperationFailure("PermissionDenied", error.message);
      throw error;
    }
    return custody;
  }
}

/** Whether an object's material could be given out now. */
export function opens(region: Region, place: Place, { managed, material }: KmipObject): boolean {
  try {
    return material !== undefined && custodyIn(region, place).open(material, managed.uid).length > 0;
  } catch (error) {
    if (error instanceof RootKeyUnavailableError) return false;
    throw error;
  }
}

/** The custody of an adapter's root key, which may be deleted, even purged, by now. */
const custodyIn = (region: Region, { instance, adapter }: Place): KeyCustody =>
  custodyOf(
    region,
    instance.keys.find(({ id }) => id === adapter.keyID),
  );

function opened({ managed, material }: KmipObject, custody: KeyCustody): StoredObject {
  const dates = Object.fromEntries(Object.entries(managed.dates).map(([name, moment]) => [name, new Date(moment)]));
  return {
    ...structuredClone(managed),
    dates: dates as unknown as StoredObject["dates"],
    ...(material === undefined ? {} : { material: custody.open(material, managed.uid) }),
  };
}

function written({ dates, ...managed }: Omit<StoredObject, "material">): KmipObject["managed"] {
  const moments = Object.entries(dates).map(([name, date]) => [name, (date as Date).toISOString()]);
  return { ...structuredClone(managed), dates: Object.fromEntries(moments) };
}
