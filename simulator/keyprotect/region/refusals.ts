/** Status, and the code that stands among the reasons; without one there are no reasons. */
export interface RefusalOnWire {
  status: number;
  code?: string;
}

/**
 * Causes of a refusal. The first block is in IBM's documents, clients or acceptance tests, and so are the codes of the second,
 * whose statuses are a proposal; of the last block, status and code are. `errorStatuses` and `errorCodes` override them.
 */
export const refusalsOnWire = {
  notLoggedIn: { status: 401 },
  missingRight: { status: 401, code: "UNAUTHORIZED_ERR" },
  badBody: { status: 400, code: "BAD_BODY_ERR" },
  noBody: { status: 400, code: "NO_BODY_ERR" },
  collectionTotal: { status: 400, code: "COLLECTION_TOTAL_MISMATCH_ERR" },
  invalidField: { status: 400, code: "INVALID_FIELD_ERR" },
  invalidQuery: { status: 400, code: "INVALID_QUERY_PARAM_ERR" },
  payloadNotTaken: { status: 400, code: "INVALID_QUERY_PARAM_ERR" },
  payloadMissing: { status: 400, code: "KEY_PAYLOAD_REQ_ERR" },
  notARootKey: { status: 400, code: "KEY_ROOT_REQ_ERR" },
  keyNotFound: { status: 404, code: "KEY_NOT_FOUND_ERR" },
  keyDeleted: { status: 410, code: "KEY_DELETED_ERR" },
  keyState: { status: 409, code: "KEY_ACTION_INVALID_STATE_ERR" },
  rotatedRecently: { status: 409, code: "KEY_ROTATION_NOT_PERMITTED" },
  tooEarly: { status: 409, code: "REQ_TOO_EARLY_ERR" },

  invalidRootKey: { status: 400, code: "NATIVE_INVALID_CRK_ERR" },
  rootKeyNotFound: { status: 404, code: "NATIVE_CRK_ID_NOT_FOUND_ERR" },
  adapterNameTaken: { status: 409, code: "KMIP_ADAPTER_DUPLICATE_NAME_ERR" },
  certificateTaken: { status: 409, code: "KMIP_CERT_DUPLICATE_ERR" },
  certificateNameTaken: { status: 409, code: "KMIP_CERT_DUPLICATE_NAME_ERR" },
  objectNotFound: { status: 404, code: "KMIP_OBJECT_NOT_FOUND_ERR" },
  rootKeyInUse: { status: 409, code: "PROTECTED_RESOURCE_ERR" },

  instanceMissing: { status: 400, code: "INSTANCE_ID_REQ_ERR" },
  instanceUnknown: { status: 401, code: "UNAUTHORIZED_ERR" },
  malformedToken: { status: 401 },
  adapterNotFound: { status: 404, code: "KMIP_ADAPTER_NOT_FOUND_ERR" },
  certificateNotFound: { status: 404, code: "KMIP_CERT_NOT_FOUND_ERR" },
  adapterHasObjects: { status: 409, code: "KMIP_ADAPTER_HAS_OBJECTS_ERR" },
  objectActive: { status: 409, code: "KMIP_OBJECT_ACTIVE_ERR" },
  objectDestroyed: { status: 410, code: "KMIP_OBJECT_DESTROYED_ERR" },
  tooManyAdapters: { status: 409, code: "KMIP_ADAPTER_LIMIT_ERR" },
  tooManyCertificates: { status: 409, code: "KMIP_CERT_LIMIT_ERR" },
  aliasTaken: { status: 409, code: "KEY_ALIAS_NOT_UNIQUE_ERR" },
  aliasNotFound: { status: 404, code: "KEY_ALIAS_NOT_FOUND_ERR" },
  tooManyAliases: { status: 409, code: "KEY_ALIAS_QUOTA_ERR" },
  keyRingNotFound: { status: 404, code: "KEY_RING_NOT_FOUND_ERR" },
  keyRingTaken: { status: 409, code: "KEY_RING_ID_NOT_UNIQUE_ERR" },
  keyRingInUse: { status: 409, code: "KEY_RING_NOT_EMPTY_ERR" },
  tooManyKeyRings: { status: 409, code: "KEY_RING_RESOURCE_QUOTA_ERR" },
  restoreExpired: { status: 409, code: "KEY_RESTORE_EXPIRED" },
  purgeNotPermitted: { status: 409, code: "KEY_PURGE_NOT_PERMITTED_ERR" },
  noSuchPath: { status: 404 },
  methodNotAllowed: { status: 405 },

  badApiKey: { status: 400, code: "BXNIM0415E" },
  badRefreshToken: { status: 400, code: "BXNIM0407E" },
  badClient: { status: 400, code: "BXNIM0137E" },
  badGrant: { status: 400, code: "BXNIM0120E" },
} as const satisfies Record<string, RefusalOnWire>;

export type Refusal = keyof typeof refusalsOnWire;

export const isRefusal = (name: string): name is Refusal => Object.hasOwn(refusalsOnWire, name);
