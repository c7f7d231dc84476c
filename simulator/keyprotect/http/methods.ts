/** Every call that an instance answers, by the name that IBM's own definition gives it. */
export const SERVICE_METHODS = [
  "getKeys",
  "createKey",
  "getKey",
  "getKeyMetadata",
  "getKeyVersions",
  "patchKey",
  "deleteKey",
  "restoreKey",
  "purgeKey",
  "rotateKey",
  "disableKey",
  "enableKey",
  "createKeyAlias",
  "deleteKeyAlias",
  "listKeyRings",
  "createKeyRing",
  "deleteKeyRing",
  "getKmipAdapters",
  "createKmipAdapter",
  "getKmipAdapter",
  "deleteKmipAdapter",
  "getKmipClientCertificates",
  "addKmipClientCertificate",
  "getKmipClientCertificate",
  "deleteKmipClientCertificate",
  "getKmipObjects",
  "getKmipObject",
  "deleteKmipObject",
] as const;

export type ServiceMethod = (typeof SERVICE_METHODS)[number];

/** The same, and the one call of IAM. */
export type Method = ServiceMethod | "createToken";
