interface RecordedResource {
  token: string;
  name: string;
  id: string;
  inputs: object;
  outputs?: object;
}

/** What `pulumi stack export` writes of a stack whose resources were made by a provider instance of this configuration. */
export function exportedState(config: object, resources: RecordedResource[]): string {
  const urn = (type: string, name: string) => `urn:pulumi:production::storage::${type}::${name}`;
  const provider = {
    urn: urn("pulumi:providers:pulumi-nodejs", "east"),
    id: "4711",
    type: "pulumi:providers:pulumi-nodejs",
  };
  const deployment = {
    manifest: { time: "2026-11-24T00:07:41.975Z" },
    resources: [
      { urn: urn("pulumi:pulumi:Stack", "storage-production"), type: "pulumi:pulumi:Stack" },
      { ...provider, inputs: config },
      ...resources.map(({ token, name, id, inputs, outputs }) => ({
        ...{ id, type: `pulumi-nodejs:dynamic/ekm/${token}`, urn: urn(`pulumi-nodejs:dynamic/ekm/${token}`, name) },
        ...{ provider: `${provider.urn}::${provider.id}`, inputs, outputs: { ...inputs, ...outputs } },
      })),
    ],
  };
  return JSON.stringify({ version: 3, deployment });
}

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** A secret, as it is exported with --show-secrets. */
export const secret = (value: unknown) => ({ ...SECRET, plaintext: JSON.stringify(value) });

/** As it is exported without. */
export const encrypted = { ...SECRET, ciphertext: "v1:iv:body" };
