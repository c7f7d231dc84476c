import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { projectRoot } from "../../tools/engine/paths";

const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: projectRoot,
  encoding: "utf8",
})
  .split("\n")
  .filter((page) => page !== "" && existsSync(join(projectRoot, page)));

const textOf = (path: string): string => readFileSync(path, "utf8").replace(/^```[\s\S]*?^```/gm, "");

/** Where a page's links lead that leave the page or its site to nobody else. */
const relativeLinks = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target).filter((target) => !/^\w+:/.test(target));

/** The names by which headings are linked to, as GitHub makes them. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

test("there are pages, with links", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/failures.md", "docs/errors/README.md"]));
  expect(relativeLinks(textOf(join(projectRoot, "README.md"))).length).toBeGreaterThan(5);
});

test.each(pages)("every link of %s leads somewhere", (page) => {
  const file = join(projectRoot, page);
  const broken = relativeLinks(textOf(file)).filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? file : resolve(dirname(file), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && (statSync(target).isDirectory() || !anchorsOf(textOf(target)).includes(anchor));
  });
  expect(broken).toEqual([]);
});
