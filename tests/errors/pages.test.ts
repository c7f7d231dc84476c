import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { element } from "../../provider/systems/element/system";
import { keyProtect } from "../../provider/systems/keyprotect/system";
import { vsphere } from "../../provider/systems/vsphere/system";
import { errorClasses } from "../../tools/docs/error-classes";
import { projectRoot } from "../../tools/engine/paths";
import { ALL_PROVOCATIONS } from "./all-provocations";

const FOLDER = join(projectRoot, "docs", "errors");
const pages = readdirSync(FOLDER).filter((file) => file.startsWith("EKM_"));
const codes = errorClasses().map(({ code }) => code);

test("every code has one class, one page and one provocation, and nothing has another code", () => {
  expect(codes.length).toBeGreaterThan(40);
  expect(new Set(codes).size).toBe(codes.length);
  expect(pages.sort()).toEqual(codes.map((code) => `${code}.md`).sort());
  expect(ALL_PROVOCATIONS.map(([code]) => code).sort()).toEqual(codes.toSorted());
});

const HEADINGS = ["What happened", "How to look", "How to get out"];

test.each(pages)("%s says what happened, how to look and how to get out, in this order", (page) => {
  const text = readFileSync(join(FOLDER, page), "utf8");
  const [title, ...sections] = text.split(/^#+ /m).slice(1);
  expect(title).toMatch(new RegExp(`^${page.replace(".md", "")}\n\n\\S`));
  expect(sections.map((section) => section.split("\n")[0])).toEqual(HEADINGS);
  const [happened, look, out] = sections.map((section) => section.split("\n\n")[1]);
  expect(happened).toMatch(/^[^-\d]/);
  expect(look).toMatch(/^- .+\n( {2}.+\n)*- /);
  expect(out).toMatch(/^1\. .+\n( {3}.+\n)*2\. /);
});

test.each(pages)("%s names no code that does not exist", (page) => {
  const named = readFileSync(join(FOLDER, page), "utf8").match(/EKM_[A-Z_]+/g) ?? [];
  const variables = [element, keyProtect, vsphere].map(({ environmentVariable }) => environmentVariable);
  const known: string[] = [...codes, ...variables];
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});
