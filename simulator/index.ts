import "../provider/core/node/required";

export * from "../kmip";
export * from "./element";
export * from "./keyprotect";
export * from "./vsphere";
