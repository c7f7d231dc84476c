export * from "./element";
export * from "./kmip";
