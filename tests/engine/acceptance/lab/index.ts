export { writtenBy } from "./backend";
export { daysLater } from "./clock";
export { configurationOf, encryptionOf, masterKeyOf, rekeysOf, somebody, until, writesOn } from "./cluster";
export { KeyManager, lastingAuthority } from "./key-manager";
export { Region } from "./region";
export { roadWorkspace } from "./road-workspace";
export { connectionTo, QUICK_REKEY_SECONDS, type Road, type RoadResource, Scenario } from "./scenario";
export { isWrite, VCenter } from "./vcenter";
