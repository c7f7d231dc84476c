import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toInstall } from "../../cli/import/installation";

let parent: string;
let own: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "ekm-installation-"));
  own = join(parent, "site", "node_modules", "pulumi-ekm");
  write("site/node_modules/pulumi-ekm/package.json", { version: "1.2.3" });
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function write(path: string, contents: object): void {
  mkdirSync(join(parent, path, ".."), { recursive: true });
  writeFileSync(join(parent, path), JSON.stringify(contents));
}

const PACKAGES = ["pulumi-ekm", "@pulumi/pulumi", "typescript"];

const cameFrom = (entry: object) =>
  write("site/node_modules/.package-lock.json", { packages: { "node_modules/pulumi-ekm": entry } });
const asked = () => toInstall(join(parent, "program"), PACKAGES, own);

it("installs the file that the package came from, as it is called from the program's folder", () => {
  cameFrom({ resolved: "file:../downloads/pulumi-ekm-1.2.3.tgz" });
  write("downloads/pulumi-ekm-1.2.3.tgz", {});
  expect(asked()).toEqual([join("..", "downloads", "pulumi-ekm-1.2.3.tgz")]);
});

const REGISTRY = "https://registry.example.com/pulumi-ekm/-/pulumi-ekm-1.2.3.tgz";

it.each([[{ resolved: REGISTRY }], [{ version: "1.2.3" }]])("needs no file after %j", (entry) => {
  cameFrom(entry);
  expect(asked()).toEqual([]);
});

it("leaves the path open when the file is gone, or npm has not said where it was", () => {
  const open = ["PATH/pulumi-ekm-1.2.3.tgz"];
  expect(asked()).toEqual(open);
  cameFrom({ resolved: "file:../downloads/pulumi-ekm-1.2.3.tgz" });
  expect(asked()).toEqual(open);
});

it("installs nothing where everything is found already", () => {
  for (const name of PACKAGES) {
    write(`site/node_modules/${name}/package.json`, { version: "1.2.3", main: "package.json" });
  }
  expect(toInstall(join(parent, "site", "program"), PACKAGES, own)).toBeUndefined();
});
