import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { KmipStoreError } from "./errors";
import type { ManagedObject, StoredObject } from "./managed-object";

const OBJECT_SUFFIX = ".json";
const UNFINISHED_SUFFIX = ".tmp";

/** Where managed objects are kept. Synchronous on purpose: no two connections see each other's half. */
export interface ManagedObjects {
  find(uid: string): StoredObject | undefined;
  /** Every object, oldest first. */
  all(): StoredObject[];
  /** Keeps the object, durably before an answer goes out. */
  put(object: StoredObject): void;
}

/** In what form keys lie in a store. Both throw {@link OperationFailure} where a key cannot be had. */
export interface KeyCustody {
  /** Of a key that was just made. */
  seal(material: Buffer): Buffer;
  open(sealed: Buffer): Buffer;
}

/** As they are. */
export const IN_CLEAR: KeyCustody = { seal: (material) => material, open: (material) => material };

/** The form of an object in its file. */
interface ObjectFile extends Omit<StoredObject, "dates" | "material"> {
  dates: Record<string, string>;
  /** Base64. */
  material?: string;
}

/** Managed objects, one file each, kept over restarts. */
export class ObjectStore implements ManagedObjects {
  private readonly objects = new Map<string, StoredObject>();

  /** Reads what `directory` holds, and makes it when it is missing. */
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    for (const file of readdirSync(directory)) {
      if (file.endsWith(UNFINISHED_SUFFIX)) rmSync(join(directory, file));
      else if (file.endsWith(OBJECT_SUFFIX)) this.load(join(directory, file));
    }
  }

  find(uid: string): StoredObject | undefined {
    return this.objects.get(uid);
  }

  all(): StoredObject[] {
    return [...this.objects.values()].sort((a, b) => a.dates.initial.getTime() - b.dates.initial.getTime());
  }

  /** Written beside, synced, then renamed over the old one. */
  put(object: StoredObject): void {
    const file = join(this.directory, `${object.uid}${OBJECT_SUFFIX}`);
    const unfinished = `${file}${UNFINISHED_SUFFIX}`;
    const handle = openSync(unfinished, "w", 0o600);
    try {
      writeFileSync(handle, serialise(object));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(unfinished, file);
    syncDirectory(this.directory);
    this.objects.set(object.uid, object);
  }

  private load(file: string): void {
    try {
      const object = parse(readFileSync(file, "utf8"));
      this.objects.set(object.uid, object);
    } catch (cause) {
      throw new KmipStoreError(`cannot read the managed object in ${file}`, { cause });
    }
  }
}

/** A copy without the key. */
export function withoutMaterial({ material: _, ...object }: StoredObject): ManagedObject {
  return structuredClone(object);
}

const serialise = ({ material, ...object }: StoredObject): string =>
  JSON.stringify({ ...object, material: material?.toString("base64") }, null, 2);

function parse(content: string): StoredObject {
  const { dates, material, ...object } = JSON.parse(content) as ObjectFile;
  const parsed = Object.fromEntries(Object.entries(dates).map(([name, date]) => [name, new Date(date)]));
  return {
    ...object,
    dates: parsed as unknown as StoredObject["dates"],
    ...(material === undefined ? {} : { material: Buffer.from(material, "base64") }),
  };
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
