import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportCommand } from "../../../cli/report/command";
import { reportJson } from "../../../cli/report/files";
import { reportPage } from "../../../cli/report/html/page";
import { summaryOf } from "../../../cli/report/summary";
import { projectRoot } from "../../../tools/engine/paths";
import { exampleReport, keyProtectReport, vcenterReport } from "./samples";

/** Set to write the example anew instead of comparing it. */
const WRITES = process.env.EKM_UPDATE_DOCS === "1";

const FILES = { "ekm-report.json": reportJson, "ekm-report.html": reportPage };
const EXAMPLES = {
  report: exampleReport(),
  "report-key-protect": keyProtectReport(),
  "report-vcenter": vcenterReport(),
};

const page = readFileSync(join(projectRoot, "docs", "report.md"), "utf8");

describe.each(Object.entries(EXAMPLES))("the example %s", (example, report) => {
  const folder = join(projectRoot, "examples", example);

  test.each(Object.entries(FILES))("has as %s what a report of it is", (name, write) => {
    const [file, content] = [join(folder, name), write(report)];
    if (WRITES) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, content);
    }
    expect(readFileSync(file, "utf8")).toBe(content);
  });

  test("is told on the page about reports as it is printed", () => {
    expect(page).toContain(`\n${summaryOf(report, Object.keys(FILES))}\`\`\`\n`);
  });
});

test("the page about reports shows the options", () => {
  expect(page).toContain(`\n${reportCommand.help}\`\`\`\n`);
});
