import "../provider/core/node/required";

export * from "../kmip";
export * from "./element";
