import {
  integer,
  isObject,
  listOf,
  name,
  object,
  optional,
  orElse,
  type Shape,
  ShapeError,
  text,
  time,
  truth,
} from "../../../connections/https/shapes";
import {
  KEY_STATES,
  type Key,
  type KmipAdapter,
  type KmipClientCertificate,
  type KmipObject,
  OBJECT_STATES,
  type Operation,
  type Result,
  type WholeKmipClientCertificate,
} from "./types";

/** A state by its number, in words. */
const stateOf =
  <Names extends Readonly<Record<number, string>>>(names: Names): Shape<Names[keyof Names]> =>
  (value, path) => {
    const known = names[integer(value, path)];
    if (known === undefined) throw new ShapeError(path, value, `a state of ${Object.keys(names).join(", ")}`);
    return known as Names[keyof Names];
  };

const key = object<Key>({
  id: name,
  name: text,
  description: optional(text),
  aliases: optional(listOf(text)),
  state: stateOf(KEY_STATES),
  extractable: truth,
  crn: text,
  imported: orElse(truth, false),
  creationDate: time,
  lastRotateDate: optional(time),
  keyVersion: optional(object<NonNullable<Key["keyVersion"]>>({ id: name, creationDate: optional(time) })),
  keyRingID: optional(text),
  expirationDate: optional(time),
});

const adapter = object<KmipAdapter>({
  id: name,
  name,
  description: orElse(text, ""),
  profile: text,
  profile_data: object<KmipAdapter["profile_data"]>({ crk_id: name }),
  created_at: time,
  updated_at: optional(time),
});

const certificate = object<KmipClientCertificate>({ id: name, name, created_at: time });

const wholeCertificate = object<WholeKmipClientCertificate>({ id: name, name, created_at: time, certificate: name });

const kmipObject = object<KmipObject>({
  id: name,
  state: stateOf(OBJECT_STATES),
  created_at: time,
  created_by_kmip_client_cert_id: optional(text),
});

const metadata = object<{ collectionTotal: number }>({ collectionTotal: integer });

/** Everything that is told comes as a collection, which says how long it is: what is cut off must not pass for all. */
const collectionOf =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (value, path) => {
    if (!isObject(value)) throw new ShapeError(path, value, "a collection");
    const { collectionTotal } = metadata(value.metadata, `${path}.metadata`);
    const found = listOf(shape)(value.resources ?? [], `${path}.resources`);
    if (found.length === collectionTotal) return found;
    throw new ShapeError(`${path}.metadata.collectionTotal`, collectionTotal, `${found.length}, as are told`);
  };

const only =
  <T>(shape: Shape<T>): Shape<T> =>
  (value, path) => {
    const [first, ...more] = collectionOf(shape)(value, path);
    if (first === undefined || more.length > 0)
      throw new ShapeError(`${path}.resources`, first === undefined ? first : more, "one resource");
    return first;
  };

const nothing: Shape<undefined> = () => undefined;

export const RESULTS: { readonly [O in Operation]: Shape<Result<O>> } = {
  getKeys: collectionOf(key),
  getKeyMetadata: only(key),
  createKey: only(key),
  patchKey: nothing,
  rotateKey: nothing,
  deleteKey: nothing,
  getKmipAdapters: collectionOf(adapter),
  getKmipAdapter: only(adapter),
  createKmipAdapter: only(adapter),
  deleteKmipAdapter: nothing,
  getKmipClientCertificates: collectionOf(certificate),
  getKmipClientCertificate: only(wholeCertificate),
  addKmipClientCertificate: only(certificate),
  deleteKmipClientCertificate: nothing,
  getKmipObjects: collectionOf(kmipObject),
  deleteKmipObject: nothing,
};
