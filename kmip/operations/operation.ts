import { OperationFailure } from "../failure";
import { optional } from "../fields";
import { isDestroyed, type StoredObject } from "../managed-object";
import type { KeyCustody, ManagedObjects } from "../store";
import { Tag } from "../tags";
import type { TtlvItem } from "../ttlv";
import type { ProtocolVersion } from "../versions";

/** Whose client somebody is: the objects it sees, and what it may do with them. */
export interface Tenant {
  store: ManagedObjects;
  custody: KeyCustody;
  /** The operations that are offered, by their codes. */
  operations: ReadonlyMap<number, OperationHandler>;
  /** Highest first. Whoever asks for the versions is answered in any. */
  versions: readonly ProtocolVersion[];
  /** Whether clients may set attributes whose names start with `x-`. */
  customAttributes: boolean;
  /** Waited for before an answer goes out, where a store keeps its objects later than they are put. */
  kept?(): Promise<void>;
  /** Why no operation is possible at this moment. */
  refusal?(): OperationFailure | undefined;
}

/** What an operation may touch. One per message: its items share the ID placeholder. */
export interface OperationContext extends Tenant {
  now: Date;
  /** The object that the batch's last item was about, meant by items that name none. */
  idPlaceholder?: string;
}

/** Takes a request payload, answers the response payload; throws {@link OperationFailure}. */
export type OperationHandler = (payload: TtlvItem[], context: OperationContext) => TtlvItem[];

/** The object that a payload is about, and by it the batch's ID placeholder. */
export function objectOf(payload: TtlvItem[], context: OperationContext): StoredObject {
  const uid = optional(payload, Tag.UniqueIdentifier, "TextString") ?? context.idPlaceholder;
  if (uid === undefined) throw new OperationFailure("MissingData", "no unique identifier given");
  const object = context.store.find(uid);
  if (!object || isDestroyed(object)) throw new OperationFailure("ItemNotFound", `no object ${uid}`);
  context.idPlaceholder = uid;
  return object;
}
