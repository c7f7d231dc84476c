import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../tools/engine/paths";
import { classFiles } from "../../tools/generate/class-files";
import { SCHEMA, schemaText } from "../../tools/generate/schema/package";

test("schema.json is as the descriptions, the look-ups and the component have it now", () => {
  expect(readFileSync(join(projectRoot, SCHEMA), "utf8")).toBe(schemaText());
});

test.each(Object.entries(classFiles()))("%s is as the description of its resource has it now", (path, text) => {
  expect(readFileSync(join(projectRoot, path), "utf8")).toBe(text);
});
