/** By this member the engine marks objects that stand for a value of another kind, in its protocol and in deployments. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What the member says of a secret. */
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
