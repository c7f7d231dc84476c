/** What the program prints and writes, for whoever doubts a search. */
export const MARKER = "marker-of-the-canaries-2f81";

/** With all that the spellings of a text differ in. */
const canary = (name: string) => `${name} c4n4ry "é"\\&<+/%鍵`;

/** By the cluster whose administrator's they are, each given through another channel; and one that is nobody's. */
export const PASSWORDS = {
  default: canary("environment's"),
  west: canary("configuration's"),
  north: canary("instance's"),
  wrong: canary("wrong"),
};

/** Of the account that owns the Key Protect instance. No key has a blank in it, and a connection whose key has one is refused. */
export const API_KEY = canary("API-key").replaceAll(" ", "_");

/** Of the user of the vCenter. */
export const VCENTER_PASSWORD = canary("vCenter's");

/** By which a vCenter logs in to its key servers. */
export const KMIP_PASSWORD = canary("key server's");

export const PASSPHRASE = canary("passphrase");

/** What a program itself declares a secret. */
export const TRIGGER = canary("trigger");

export const BROKEN_KEY_LINE = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwgg+canary/in+a+broken+key";
export const BROKEN_KEY = `-----BEGIN PRIVATE KEY-----\n${BROKEN_KEY_LINE}\n-----END PRIVATE KEY-----\n`;
