/**
 * Causes of a refusal, each with the name that the API answers with. Names marked by the vendor's material are the first
 * block; nothing published names the errors of key management, so the second block is a proposal that the switch
 * `errorNames` overrides.
 */
export const defaultErrorNames = {
  unknownMethod: "xUnknownAPIMethod",
  missingParameter: "xMissingParameter",
  invalidParameter: "xInvalidParameter",
  invalidParameterType: "xInvalidParameterType",
  unrecognizedEnum: "xUnrecognizedEnumString",
  asyncHandleDoesNotExist: "xAsyncHandleDoesNotExist",
  driveDoesNotExist: "xDriveIDDoesNotExist",
  notPermitted: "xAPINotPermitted",
  permissionDenied: "xPermissionDenied",

  keyPairDoesNotExist: "xKeyPairDoesNotExist",
  keyPairInUse: "xKeyPairInUse",
  keyServerDoesNotExist: "xKeyServerDoesNotExist",
  keyServerInUse: "xKeyServerInUse",
  keyServerAlreadyAssigned: "xKeyServerAlreadyAssigned",
  keyProviderDoesNotExist: "xKeyProviderDoesNotExist",
  keyProviderInUse: "xKeyProviderInUse",
  keyProviderHasServer: "xKeyProviderHasServer",
  keyProviderHasNoServer: "xKeyProviderHasNoServer",
  connectionFailure: "xKmipConnectionFailure",
  authenticationFailure: "xKmipAuthenticationFailure",
  serverError: "xKmipServerError",
  rekeyInProgress: "xRekeyInProgress",
  softwareEncryptionDisabled: "xSoftwareEncryptionAtRestDisabled",
  hardwareEncryptionBusy: "xEncryptionAtRestTransitionInProgress",
  hardwareEncryptionEnabled: "xEncryptionAtRestAlreadyEnabled",
  nonEncryptableNode: "xEncryptionNotAllowed",
  clusterUnhealthy: "xClusterUnhealthy",
} as const;

export type Refusal = keyof typeof defaultErrorNames;
