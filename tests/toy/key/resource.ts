import { type InputsOf, type OutputsOf, resource, versioned } from "../../../provider/core/resource/description";
import { displayName, integer, oneOf, text } from "../../../provider/core/resource/kinds";

export const keyResource = resource({
  token: "vault:Key",
  doc: "A key that a vault keeps.",
  calls: [{ methods: ["ListKeys", "CreateKey", "RenameKey", "DeleteKey"] }],
  errors: ["EKM_OBJECT_NOT_FOUND"],
  arguments: {
    vault: { kind: displayName, optional: true, filled: "default", doc: "Name of the vault's connection." },
    name: { kind: displayName, optional: true, always: true, doc: "Name for display, which may change." },
    algorithm: { kind: oneOf("AES256", "RSA4096"), doc: "What the key is for. Another one needs another key." },
  },
  kept: { autoName: { kind: text, doc: "The name with this resource's mark." } },
  outputs: {
    vaultGUID: { kind: text, stable: true, doc: "Identity of the vault: its GUID." },
    keyNumber: { kind: integer(1), stable: true, doc: "Number of the key in its vault." },
  },
  internal: versioned,
});

export type KeyInputs = InputsOf<typeof keyResource>;
export type KeyOutputs = OutputsOf<typeof keyResource>;
