import { checkConfigured } from "../../connections/configured";
import { identityOf } from "../../connections/identity";
import type { CheckFailure, Context, Looking } from "../../core/lifecycle";
import type { FieldsOf, versioned } from "../../core/resource/description";
import { systemInWords } from "../../core/system";
import type { Words } from "../../core/words";
import type { Instance } from "./api/instance";
import { KEY_PROTECT } from "./api/peer";
import { DEFAULT_INSTANCE } from "./default-instance";
import type { ofInstance } from "./on-instance";
import { keyProtect } from "./system";

/** Inputs of everything that is in an instance. */
export interface OnInstance {
  /** Name of the instance's connection. */
  instance: string;
}

/** The instance that an object is in: outputs of everything that is in one. */
export type Identity = FieldsOf<typeof ofInstance & typeof versioned>;

type Connecting = Pick<Looking, "connection">;

/** Refuses an instance that is not configured. */
export const checkInstance = ({ instance: name }: OnInstance, context: Connecting): CheckFailure[] =>
  checkConfigured(keyProtect, name, context);

interface Identified {
  instance: Instance;
  identity: Identity;
}

/**
 * Connects to an instance, and makes sure that it is the recorded one.
 *
 * @throws ConnectionIdentityError
 */
export async function identify(context: Connecting, name: string, recorded?: Partial<Identity>): Promise<Identified> {
  const instance = context.connection(keyProtect, name);
  const instanceID = await identityOf(keyProtect, instance, recorded?.instanceID, ifGone);
  return { instance, identity: { stateVersion: 1, instanceID, tlsVerification: instance.tlsVerification } };
}

/** The same for a read, of an import too: its state names no instance, or no more than that. */
export const identifyForRead = (context: Connecting, state: Partial<OnInstance & Identity>): Promise<Identified> =>
  identify(context, state.instance ?? DEFAULT_INSTANCE, state);

const ifGone = ({ forget }: Words): string => `remove its resources with ${forget}`;

/** Runs a look at an instance and the write that follows from it while no other run on this machine does so. */
export const exclusivelyOn = <T>(instance: Instance, context: Context, work: () => Promise<T>): Promise<T> =>
  context.exclusively(`keyProtect:${instance.settings.instance}`, work);

/** An instance in front of what is said of it, as far as it is known. */
export const inInstance = (name: string): string => systemInWords(KEY_PROTECT.noun, name);
