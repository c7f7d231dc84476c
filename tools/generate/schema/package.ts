import { typeOf } from "../../../provider/adapters/pulumi/resource-type";
import type { Description } from "../../../provider/core/resource/description";
import { type ResourceToken, registry } from "../../../provider/systems/registry";
import { readEntries } from "../../docs/reference/entry";
import { readSources } from "../../docs/reference/sources";
import { formatted } from "../formatted";
import { aboutResource } from "../prose";
import { componentSchema, configurationSchema, functionSchema } from "./declared";
import { inputsOf, outputsIn } from "./described";
import { Types } from "./types";

/** The package as Pulumi's engine, its hosts and its code generators read it. */
export function packageSchema(): object {
  const types = new Types();
  const entries = readEntries(readSources());
  const resources = Object.entries(registry)
    .filter(([, { description }]) => !(description as Description).inComponent)
    .map(([token, { description }]) => [tokenOf(token), resourceSchema(token as ResourceToken, description, types)]);
  const components = entries
    .filter(({ kind, name }) => kind === "component" && name !== FLEET)
    .map((entry) => [tokenOf(entry.name), componentSchema(entry, types)]);
  const functions = entries
    .filter(({ kind }) => kind === "look-up")
    .map((entry) => [tokenOf(entry.name), functionSchema(entry, types)]);
  const { version, description, license } = require("pulumi-ekm/package.json");
  const configuration = configurationSchema(entries, types);
  return {
    name: "ekm",
    displayName: "External key management",
    ...{ version, description, license },
    config: { variables: configuration.properties },
    provider: { inputProperties: configuration.properties },
    resources: Object.fromEntries([...resources, ...components]),
    functions: Object.fromEntries(functions),
    types: types.all(),
    language: languages,
    // The form in which the version is in the schema, and a Go module has its go.mod.
    meta: { supportPack: true },
  };
}

/** What generators of SDKs are told: names that nobody else has, and the version of the package. */
const languages = {
  go: {
    importBasePath: "pulumi-ekm/sdk/go/ekm",
    modulePath: "pulumi-ekm/sdk/go",
    // Components have maps of resources.
    generateResourceContainerTypes: true,
    respectSchemaVersion: true,
  },
  // Programs for Node have the classes of this package; those that are generated have a name of their own.
  nodejs: { packageName: "pulumi-ekm-plugin", respectSchemaVersion: true },
  python: { packageName: "pulumi_ekm", pyproject: { enabled: true }, respectSchemaVersion: true },
};

/** A function that declares what each cluster gets crosses no process: other languages have loops. */
const FLEET = "element.Fleet";

/** `ekm:element:KeyServer` for `element:KeyServer` or `element.KeyServer`. */
const tokenOf = (name: string): string => `ekm:${name.replace(".", ":")}`;

function resourceSchema(token: ResourceToken, description: Description, types: Types): object {
  const { properties, required } = outputsIn(description, types);
  const inputs = inputsOf(description, types);
  return {
    description: aboutResource(description),
    properties,
    required,
    inputProperties: inputs.properties,
    requiredInputs: inputs.required,
    aliases: [{ type: typeOf(token) }],
  };
}

/** Where it is kept, from the project's folder. */
export const SCHEMA = "schema.json";

export const schemaText = (): string => formatted(SCHEMA, JSON.stringify(packageSchema(), undefined, 2));
