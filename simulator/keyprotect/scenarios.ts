import { randomBytes, randomUUID } from "node:crypto";
import type { StateName } from "../../kmip";
import { State } from "../../kmip/enums";
import { DEFAULT_USAGE_MASK } from "../../kmip/managed-object";
import { known, optionalText, type Params, textOf } from "../chassis/scenario-params";
import { newRegistration, register, removeCertificate } from "./adapters/certificates";
import { deleteAdapter } from "./adapters/collection";
import { type Place, placeOf, touch } from "./adapters/lookup";
import { rotate } from "./keys/actions";
import { findKey } from "./keys/lookup";
import { destroy, purge, restore } from "./keys/removal";
import { tenantOf } from "./objects/tenant";
import { destroyObject } from "./objects/transitions";
import { newTokenKey } from "./region/birth";
import type { Region } from "./region/machine";
import { byIDOrName, chosenName } from "./region/names";
import type { Instance, Key } from "./region/state";

type Scenario = (region: Region, params: Params) => void;

/**
 * What somebody else does to the region, past the API's refusals. Keys go by id or alias, adapters and certificates by id or
 * name; `instance` is a GUID, by default of the first one that has the thing.
 */
export const scenarios = {
  /** `{key}`: at any time, also within an hour. */
  rotateKey: (region, params) => rotate(region, keyIn(region, params).key),

  /** `{key}` */
  suspendKey: (region, params) => changeKey(region, params, { state: "suspended" }),

  /** `{key}` */
  enableKey: (region, params) => changeKey(region, params, { state: "active" }),

  /** `{key}`: although adapters use it. */
  deleteKey: (region, params) => destroy(region, keyIn(region, params).key),

  /** `{key}` */
  restoreKey: (region, params) => restore(region, keyIn(region, params).key),

  /** `{key}`: at once, with its material. */
  purgeKey(region, params) {
    const { instance, key } = keyIn(region, params);
    purge(region, instance, key);
  },

  /** `{key, expirationDate}` */
  expireKey: (region, params) =>
    changeKey(region, params, { expiresAt: new Date(textOf(params, "expirationDate")).toISOString() }),

  /** `{key, keyRing}`: into a key ring that is made where it is missing. */
  moveKey(region, params) {
    const id = textOf(params, "keyRing");
    const { instance } = keyIn(region, params);
    const { at, by } = region.act();
    if (!instance.keyRings.some((ring) => ring.id === id)) instance.keyRings.push({ id, createdAt: at, createdBy: by });
    changeKey(region, params, { keyRing: id });
  },

  /** `{key, name?}` */
  createAdapter(region, params) {
    const { instance, key } = keyIn(region, params);
    const name = chosenName(region.switches, optionalText(params, "name"), "kmip_adapter");
    const created = region.act();
    const adapter = { id: randomUUID(), name, description: "", keyID: key.id, keyGiven: key.id, created };
    instance.adapters.push({ ...adapter, updated: created, certificates: [], objects: [] });
  },

  /** `{adapter}`: with all its objects and certificates. */
  deleteAdapter(region, params) {
    const { instance, adapter } = placeIn(region, params);
    deleteAdapter(region, instance, adapter);
  },

  /** `{adapter, certificate, name?}`: the certificate is a PEM. */
  registerCertificate(region, params) {
    const { adapter } = placeIn(region, params);
    const added = newRegistration(region, textOf(params, "certificate"), optionalText(params, "name"));
    register(region, adapter, added);
  },

  /** `{adapter, certificate}` */
  removeCertificate(region, params) {
    const { adapter } = placeIn(region, params);
    const wanted = textOf(params, "certificate");
    removeCertificate(region, adapter, known(byIDOrName(adapter.certificates, wanted), "certificate", wanted));
  },

  /** `{adapter, certificate?, state?}`: as a KMIP client with that certificate would make one. Active by default. */
  createObject(region, params) {
    const place = placeIn(region, params);
    const wanted = optionalText(params, "certificate");
    const certificate = wanted === undefined ? undefined : byIDOrName(place.adapter.certificates, wanted);
    const state = known(stateNamed(params.state), "state", `${params.state}`);
    const now = region.now();
    const { id: certificateID } = known(certificate ?? place.adapter.certificates[0], "certificate", wanted ?? "");
    const { store, custody } = tenantOf(region, { ...place, certificateID });
    store.put({
      uid: randomUUID(),
      objectType: "SymmetricKey",
      algorithm: "AES",
      length: 256,
      usageMask: DEFAULT_USAGE_MASK,
      names: [],
      customAttributes: {},
      state,
      dates: { initial: now, lastChange: now },
      material: custody.seal(randomBytes(32)),
    });
  },

  /** `{adapter, object?}`: also an active one; without an object, all. */
  destroyObjects(region, params) {
    const { adapter } = placeIn(region, params);
    const wanted = optionalText(params, "object");
    for (const object of adapter.objects) {
      if (wanted === undefined || object.id === wanted) destroyObject(object, region.act());
    }
    touch(adapter, region.act());
  },

  /** `{apiKey}`: the one before is revoked. Tokens live on until their time is over. */
  replaceApiKey(region, params) {
    region.secrets.apiKey = textOf(params, "apiKey");
  },

  /** Every token that is out is refused. */
  revokeTokens(region) {
    region.secrets.tokenKey = newTokenKey();
  },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

function changeKey(region: Region, params: Params, change: Partial<Key>): void {
  Object.assign(keyIn(region, params).key, change, { updatedAt: region.act().at });
}

function keyIn(region: Region, params: Params): { instance: Instance; key: Key } {
  const wanted = textOf(params, "key");
  for (const instance of instancesIn(region, params)) {
    const key = findKey(instance, wanted);
    if (key) return { instance, key };
  }
  throw new RangeError(`there is no key ${wanted}`);
}

function placeIn(region: Region, params: Params): Place {
  const wanted = textOf(params, "adapter");
  const [adapter] = instancesIn(region, params).flatMap(({ adapters }) => byIDOrName(adapters, wanted) ?? []);
  return known(adapter && placeOf(region, adapter.id), "adapter", wanted);
}

function instancesIn({ state }: Region, params: Params): Instance[] {
  const wanted = optionalText(params, "instance");
  return wanted === undefined ? state.instances : state.instances.filter(({ guid }) => guid === wanted);
}

function stateNamed(given: unknown = "Active"): StateName | undefined {
  return (Object.keys(State) as StateName[]).find((name) => name === given);
}
