import { MediaType } from "../http/route";
import { type Region, timestamp } from "../region/machine";
import type { Instance, Key, KeyVersion } from "../region/state";
import { DAY, isPurgeable, isRestorable, stateOf } from "./aging";

const GENERATED_BITS = 256;
const deprecated = { algorithmType: "Deprecated", algorithmMode: "Deprecated" };

/** A key as the API shows it. Only the key itself, not its list or its metadata, has the payload of a standard key. */
export function keyResource(region: Region, instance: Instance, key: Key, options: { payload?: boolean } = {}): object {
  const { aliases, description, createdAt, updatedAt, rotatedAt, expiresAt, extractable } = key;
  const version = newestVersion(key);
  const material = region.secrets.material[version.id];
  const bits = material === undefined ? GENERATED_BITS : 8 * Buffer.from(material, "base64").length;
  return {
    type: MediaType.key,
    id: key.id,
    name: key.name,
    ...(description === "" ? {} : { description }),
    ...(aliases.length === 0 ? {} : { aliases }),
    state: stateOf(region, key),
    ...(expiresAt === undefined ? {} : { expirationDate: timestamp(expiresAt) }),
    extractable,
    crn: `${instance.crn.replace(/::$/, "")}:key:${key.id}`,
    imported: key.imported,
    keyRingID: key.keyRing,
    creationDate: timestamp(createdAt),
    createdBy: key.createdBy,
    ...deprecated,
    algorithmMetadata: { bitLength: `${bits}`, mode: "Deprecated" },
    algorithmBitSize: bits,
    lastUpdateDate: timestamp(updatedAt),
    ...(rotatedAt === undefined ? {} : { lastRotateDate: timestamp(rotatedAt) }),
    ...(extractable ? {} : { keyVersion: versionResource(version) }),
    dualAuthDelete: { enabled: false },
    ...deletionOf(region, key),
    ...(options.payload && extractable && key.state !== "destroyed" ? { payload: material } : {}),
  };
}

export const versionResource = ({ id, createdAt }: KeyVersion): object => ({ id, creationDate: timestamp(createdAt) });

export function newestVersion({ versions }: Key): KeyVersion {
  const newest = versions.at(-1);
  if (!newest) throw new Error("a key has at least one version");
  return newest;
}

function deletionOf(region: Region, key: Key): object {
  const { deletedAt, deletedBy } = key;
  if (deletedAt === undefined) return { deleted: false };
  const { restoreDays, purgeHours, purgeDays } = region.switches;
  const after = (days: number) => timestamp(new Date(Date.parse(deletedAt) + days * DAY).toISOString());
  return {
    deleted: true,
    deletionDate: timestamp(deletedAt),
    deletedBy,
    restoreExpirationDate: after(restoreDays),
    restoreAllowed: isRestorable(region, key),
    purgeAllowed: isPurgeable(region, key),
    purgeAllowedFrom: after(purgeHours / 24),
    purgeScheduledOn: after(purgeDays),
  };
}
