import { readFileSync } from "node:fs";
import { join } from "node:path";
import { element, keyprotect, pki, vsphere } from "../../sdk";
import { type Entry, readEntries } from "../../tools/docs/reference/entry";
import { declarationIn } from "../../tools/docs/reference/examples";
import type { Property } from "../../tools/docs/reference/properties";
import { readSources } from "../../tools/docs/reference/sources";
import { projectRoot } from "../../tools/engine/paths";
import { pages } from "../../tools/generate/pages";

const entries = readEntries(readSources());

test.each(Object.entries(pages(entries)))('%s is what "npm run generate" makes', (path, content) => {
  expect(readFileSync(join(projectRoot, path), "utf8")).toBe(content);
});

test("every class and look-up that a program can import has an entry", () => {
  const exported = Object.entries({ element, keyprotect, pki, vsphere }).flatMap(([module, members]) =>
    Object.keys(members)
      .filter((name) => !name.endsWith("Output"))
      .map((name) => `${module}.${name}`),
  );
  expect(entries.map(({ name }) => name).sort()).toEqual([...exported, "Provider"].sort());
});

test.each(entries.map((entry) => [entry.name, entry] as const))(
  "%s says what each of its properties means",
  (_, entry) => {
    expect(silentIn(entry)).toEqual([]);
  },
);

test.each(entries.map((entry) => [entry.name, entry] as const))(
  "%s has a named type for each property that is an object",
  (_, { inputs, outputs }) => {
    const objects = (properties: Property[]): Property[] =>
      properties
        .flatMap((property) => [property, ...objects(property.members)])
        .filter(({ members }) => members.length);
    const unnamed = objects([...inputs, ...outputs]).filter(
      // A function may take the object's place.
      ({ type }) => !/^(Record<string, )?[A-Z]\w*(\[\]|>| \| \(\(.*)?$/.test(type),
    );
    expect(unnamed).toEqual([]);
  },
);

/** A default says enough of a property whose name and values say the rest. */
function silentIn({ inputs, outputs }: Entry): string[] {
  const silent = (properties: Property[], path = ""): string[] =>
    properties.flatMap(({ name, description, members, default: value }) => [
      ...(description === "" && value === undefined ? [`${path}${name}`] : []),
      ...silent(members, `${path}${name}.`),
    ]);
  return [...silent(inputs), ...silent(outputs)];
}

test("the classes' constructors take what the entries say", () => {
  const { inputs, outputs, signature } = entries.find(({ name }) => name === "element.MasterKey") as Entry;
  expect(signature).toBe(
    "new element.MasterKey(name: string, args?: MasterKeyArgs, opts?: pulumi.CustomResourceOptions)",
  );
  expect(inputs).toContainEqual(
    expect.objectContaining({
      name: "onDelete",
      type: '"internal" | "keep"',
      optional: true,
      default: '"internal"',
      members: [],
    }),
  );
  expect(outputs.map(({ name }) => name)).toContain("keyID");
});

test("an example is the statement that declares the resource, with the comment above it", () => {
  const program = "examples/signed-elsewhere/index.ts";
  expect(declarationIn(program, "element.MasterKey")).toBe(
    "// A setting that gets lost must not take the key back.\n" +
      'new element.MasterKey("storage", { attachment }, { protect: true });',
  );
  expect(declarationIn(program, "element.KeyServer")).toMatch(
    /^const keyServer = [\s\S]*\n {2}publicKeyFingerprint[\s\S]*\n\}\);$/,
  );
  expect(declarationIn(program, "element.Fleet")).toBeUndefined();
});
