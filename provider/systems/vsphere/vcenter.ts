import { checkConfigured } from "../../connections/configured";
import { identityOf } from "../../connections/identity";
import type { CheckFailure, Context, Looking } from "../../core/lifecycle";
import type { FieldsOf, versioned } from "../../core/resource/description";
import { systemInWords } from "../../core/system";
import type { Words } from "../../core/words";
import { VCENTER } from "./api/peer";
import type { Vcenter } from "./api/vcenter";
import { DEFAULT_VCENTER } from "./default-vcenter";
import type { ofVcenter } from "./on-vcenter";
import { vsphere } from "./system";

/** Inputs of everything that is on a vCenter. */
export interface OnVcenter {
  /** Name of the vCenter's connection. */
  vcenter: string;
}

/** The vCenter that an object is on, whatever its address: outputs of everything that is on one. */
export type Identity = FieldsOf<typeof ofVcenter & typeof versioned>;

type Connecting = Pick<Looking, "connection">;

/** Refuses a vCenter that is not configured. */
export const checkVcenter = ({ vcenter: name }: OnVcenter, context: Connecting): CheckFailure[] =>
  checkConfigured(vsphere, name, context);

interface Identified {
  vcenter: Vcenter;
  identity: Identity;
}

/**
 * Connects to a vCenter, and makes sure that it is the recorded one.
 *
 * @throws ConnectionIdentityError
 */
export async function identify(context: Connecting, name: string, recorded?: Partial<Identity>): Promise<Identified> {
  const vcenter = context.connection(vsphere, name);
  const vcenterUuid = await identityOf(vsphere, vcenter, recorded?.vcenterUuid, ifGone);
  return { vcenter, identity: { stateVersion: 1, vcenterUuid, tlsVerification: vcenter.tlsVerification } };
}

/** The same for a read, of an import too: its state names no vCenter, or no more than that. */
export const identifyForRead = (context: Connecting, state: Partial<OnVcenter & Identity>): Promise<Identified> =>
  identify(context, state.vcenter ?? DEFAULT_VCENTER, state);

const ifGone = ({ forget }: Words): string => `remove its resources with ${forget}`;

/** Runs a look at a vCenter and the write that follows from it while no other run on this machine does so. */
export async function exclusivelyOn<T>(vcenter: Vcenter, context: Context, work: () => Promise<T>): Promise<T> {
  const { instanceUuid } = await vcenter.about();
  return context.exclusively(`vsphere:${instanceUuid}`, work);
}

/** A vCenter in front of what is said of it, as far as it is known. */
export const inVcenter = (name: string): string => systemInWords(VCENTER.noun, name);
