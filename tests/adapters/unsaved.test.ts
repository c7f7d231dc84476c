import { warningOfUnsaved } from "../../provider/adapters/pulumi/resource/unsaved";
import type { AnyLifecycle } from "../../provider/core/lifecycle";
import { type ResourceToken, registry } from "../../provider/systems/registry";

type Inputs = Record<string, unknown>;

const checking = (failures: object[] = []) =>
  ({ check: async (_olds: object, inputs: object) => ({ inputs, failures, lines: [] }) }) as unknown as AnyLifecycle;

/** The lines of a check of a resource, by what its own check makes of the inputs. */
async function linesOf(token: ResourceToken, inputs: Inputs, olds: Inputs = {}, lifecycle = checking()) {
  const { check } = warningOfUnsaved(lifecycle, registry[token].description);
  const { lines } = await check(olds, inputs, {} as never);
  return lines.map(({ severity, text }) => `${severity}: ${text}`);
}

test.each<[string, ResourceToken, Inputs, string]>([
  ["what state alone has", "pki:CertificateAuthority", {}, "loses the authority's private key"],
  ["an exact name of a key server", "element:KeyServer", { name: "kms" }, 'nobody knows whose "kms" is'],
  ["an exact name of an adapter", "keyprotect:KmipAdapter", { name: "a" }, 'nobody knows whose "a" is'],
  ["an exact name of a provider", "vsphere:KeyProvider", { name: "p" }, 'nobody knows whose "p" is'],
])("warns of %s, which no mark finds again", async (_what, token, inputs, said) => {
  expect(await linesOf(token, inputs)).toEqual([
    expect.stringMatching(new RegExp(`^warning: PULUMI_SKIP_CHECKPOINTS is set: .*${said}`)),
  ]);
});

test.each<[string, ResourceToken, Inputs, Inputs]>([
  ["bears a mark", "element:KeyServer", { name: "kms-1a2b3c4", autoName: "kms-1a2b3c4" }, {}],
  ["is taken over", "element:KeyServer", { name: "kms", adopt: "1" }, {}],
  ["is known to state", "element:KeyServer", { name: "kms" }, { name: "kms" }],
  ["is one of its system", "element:MasterKey", { cluster: "default" }, {}],
  ["is signed again", "pki:SignedCertificate", { validityDays: 365 }, {}],
])("is silent about what %s", async (_what, token, inputs, olds) => {
  expect(await linesOf(token, inputs, olds)).toEqual([]);
});

test("is silent about what is refused", async () => {
  const refusing = checking([{ property: "name", reason: "is too long" }]);
  expect(await linesOf("element:KeyServer", { name: "kms" }, {}, refusing)).toEqual([]);
});
