import { ManagedObjectReference, type Structure, type Value } from "../soap/values";
import type { FilterSpec } from "./selection";

/** A view that somebody has made of what a container holds. */
export interface ContainerView {
  reference: ManagedObjectReference;
  container: ManagedObjectReference;
  types: string[];
  recursive: boolean;
}

/** A task that SOAP has started. */
export interface StatusTask {
  reference: ManagedObjectReference;
  user: string;
  queuedAt: Date;
  startedAt?: Date;
  endedAt?: Date;
  state: "queued" | "running" | "success" | "error";
  result?: Value;
  error?: Structure;
}

/** Watches properties for whoever waits for updates. */
export interface PropertyFilter {
  reference: ManagedObjectReference;
  collector: string;
  spec: FilterSpec;
  /** What was told last, by object and property. */
  told?: string;
}

/** Objects that come and go with calls. None outlives the process. */
export class ManagedObjects {
  readonly views = new Map<string, ContainerView>();
  readonly tasks = new Map<string, StatusTask>();
  readonly filters = new Map<string, PropertyFilter>();
  /** What a client has still to fetch, by its token. */
  readonly pages = new Map<string, Structure[]>();
  #last = 0;

  /** A reference that no object has had. */
  newReference(type: string, prefix: string): ManagedObjectReference {
    this.#last += 1;
    return new ManagedObjectReference(type, `${prefix}-${this.#last}`);
  }
}
