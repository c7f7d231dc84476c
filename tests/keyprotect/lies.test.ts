import { OPERATIONS } from "../../provider/systems/keyprotect/api/operations";
import type { Operation } from "../../provider/systems/keyprotect/api/types";
import type { FaultAction } from "../../simulator/chassis/fault-actions";
import type { FaultRule } from "../../simulator/chassis/fault-rules";
import { always, type Lie, liesTable } from "../kit/lies";
import { OTHER_ID } from "./generators";
import { newClient, type Scene } from "./stage";

const EVERY = Object.keys(OPERATIONS) as Operation[];
const UNEXPECTED = "EKM_UNEXPECTED_ANSWER";
const UNREACHABLE = "EKM_CONNECTION_UNREACHABLE";

/** Answers operations so, and by default all calls of them. */
const by =
  (
    methods: Operation | "createToken" | Operation[],
    action: FaultAction,
    rule: Partial<FaultRule> = {},
  ): Lie<Scene>["tell"] =>
  ({ region }) => {
    for (const method of [methods].flat()) region.faults.add({ method, action, ...rule });
  };

const inAnswer = (method: Operation | "createToken", pointer: string, value: unknown): Lie<Scene>["tell"] =>
  by(method, { result: { [pointer]: value } });

/** What the answer is about has happened. */
const LOST: Partial<FaultRule> = { when: "after", count: 1 };

const renewed = newClient();

liesTable<Scene>(
  {
    module: "keyprotect",
    heading: "Wrong answers of Key Protect",
    changes: {
      "keyprotect:RootKey": { rotationTriggers: { quarter: "2" } },
      "keyprotect:KmipClientCertificate": { certificate: renewed.cert, adopt: undefined },
    },
    picture: ({ instance, region }) => ({
      keys: instance.keys.map(({ name, state, versions }) => ({ name, state, versions: versions.length })),
      adapters: instance.adapters.map(({ name, certificates }) => [name, certificates.map((each) => each.name)]),
      objects: region.objects().length,
    }),
    end: ({ region }) => region.faults.clear(),
  },
  [
    { lie: "a token does not say when it ends", tell: inAnswer("createToken", "/expires_in", undefined) },
    {
      lie: "a token is refused in the middle of a run",
      tell: by("getKmipClientCertificates", { httpStatus: 401 }, { count: 1 }),
    },
    { lie: "every token is refused", tell: by(EVERY, { httpStatus: 401 }), ends: always("EKM_PERMISSION_DENIED") },
    {
      lie: "too many requests, for ever",
      tell: by(EVERY, { httpStatus: 429 }),
      ends: always("EKM_CONNECTION_THROTTLED"),
    },
    {
      lie: "a page in place of every answer",
      tell: by(EVERY, { httpStatus: 200, body: "<html>Log in</html>" }),
      ends: always(UNEXPECTED),
    },
    {
      lie: "an empty object in place of every answer",
      tell: by(EVERY, { httpStatus: 200, body: "{}" }),
      ends: always(UNEXPECTED),
    },
    {
      lie: "a list of adapters counts more than it has",
      tell: inAnswer("getKmipAdapters", "/metadata/collectionTotal", 7),
      ends: { refresh: UNEXPECTED },
    },
    {
      lie: "a list of certificates is left out",
      tell: inAnswer("getKmipClientCertificates", "/resources", undefined),
      ends: always(UNEXPECTED),
    },
    {
      lie: "a list of objects is an object",
      tell: inAnswer("getKmipObjects", "/resources", {}),
      ends: always(UNEXPECTED),
    },
    {
      lie: "the state of a root key is a word",
      tell: inAnswer("getKeyMetadata", "/resources/0/state", "Active"),
      ends: { refresh: UNEXPECTED, up: UNEXPECTED },
    },
    {
      lie: "another root key than the one that was asked for",
      tell: inAnswer("getKeyMetadata", "/resources/0/id", OTHER_ID),
      ends: { refresh: UNEXPECTED, up: UNEXPECTED },
    },
    {
      lie: "an adapter without its root key",
      tell: inAnswer("getKmipAdapters", "/resources/0/profile_data", null),
      ends: { refresh: UNEXPECTED },
    },
    {
      lie: "an adapter that the list has is not found by its ID",
      tell: by("getKmipAdapter", { httpStatus: 404 }),
      ends: { up: "EKM_OBJECT_NOT_FOUND" },
    },
    { lie: "an empty description is `null`", tell: inAnswer("getKmipAdapters", "/resources/0/description", null) },
    {
      lie: "a certificate is a text that is none",
      tell: inAnswer("getKmipClientCertificate", "/resources/0/certificate", "none"),
    },
    {
      lie: "a certificate was registered in the future",
      tell: inAnswer("addKmipClientCertificate", "/resources/0/created_at", "2099-01-01T00:00:00Z"),
    },
    { lie: "HTTP 504, and a root key is rotated", tell: by("rotateKey", { httpStatus: 504 }, LOST) },
    {
      lie: "HTTP 504, and a certificate is registered",
      tell: by("addKmipClientCertificate", { httpStatus: 504 }, LOST),
      ends: { up: UNREACHABLE },
    },
    {
      lie: "HTTP 504, and an adapter is deleted",
      tell: by("deleteKmipAdapter", { httpStatus: 504 }, LOST),
      ends: { destroy: UNREACHABLE },
    },
  ],
);
