import "../provider/node/required";

export * from "../kmip";
export * from "./element";
