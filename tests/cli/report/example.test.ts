import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportCommand } from "../../../cli/report/command";
import { reportJson } from "../../../cli/report/files";
import { reportPage } from "../../../cli/report/html/page";
import { summaryOf } from "../../../cli/report/summary";
import { projectRoot } from "../../../tools/engine/paths";
import { exampleReport } from "./samples";

/** Set to write the example anew instead of comparing it. */
const WRITES = process.env.EKM_UPDATE_DOCS === "1";

const FOLDER = join(projectRoot, "examples", "report");
const FILES = { "ekm-report.json": reportJson, "ekm-report.html": reportPage };

test.each(Object.entries(FILES))("the example's %s is what a report of it is", (name, write) => {
  const [file, content] = [join(FOLDER, name), write(exampleReport())];
  if (WRITES) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, content);
  }
  expect(readFileSync(file, "utf8")).toBe(content);
});

describe("the page about reports", () => {
  const page = readFileSync(join(projectRoot, "docs", "report.md"), "utf8");

  test("shows what is printed of the example", () => {
    expect(page).toContain(`\n${summaryOf(exampleReport(), Object.keys(FILES))}\`\`\`\n`);
  });

  test("shows the options", () => {
    expect(page).toContain(`\n${reportCommand.help}\`\`\`\n`);
  });
});
