import "../provider/node/required";

export * from "./element";
export * from "./kmip";
