import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { reportPage } from "../../cli/report/html/page";
import type { Report } from "../../cli/report/model";
import { exampleReport, keyProtectReport, vcenterReport, worstReport } from "../cli/report/samples";
import { findChromium } from "./find-chromium";
import { type Box, background, contrasts, layout } from "./in-page";

const WIDTHS = { phone: 360, tablet: 760, desktop: 1280 };
const REPORTS: Record<string, () => Report> = {
  example: exampleReport,
  keyProtect: keyProtectReport,
  vcenter: vcenterReport,
  worst: worstReport,
};

let browser: Browser;
let folder: string;

beforeAll(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error("there is no Chromium on this machine: apt-get install chromium, or name one in CHROMIUM");
  }
  // Whoever builds in a container is root there, and root has no sandbox.
  browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  folder = mkdtempSync(join(tmpdir(), "ekm-report-page-"));
  for (const [name, report] of Object.entries(REPORTS)) writeFileSync(fileOf(name), reportPage(report()));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

const fileOf = (name: string): string => join(folder, `${name}.html`);

interface Look {
  width?: number;
  colorScheme?: "light" | "dark";
}

/** Opens a page, and fails over anything that it asks for or complains about. */
async function look<T>(
  name: string,
  { width = WIDTHS.desktop, colorScheme = "light" }: Look,
  at: (page: Page) => Promise<T>,
) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const noticed: string[] = [];
  page.on("console", (message) => noticed.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noticed.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => noticed.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => noticed.push(`request: ${request.url()}`));
  const url = pathToFileURL(fileOf(name)).href;
  await page.goto(url);
  const seen = await at(page);
  await context.close();
  expect(noticed).toEqual([`request: ${url}`]);
  return seen;
}

const EVERYWHERE = Object.keys(REPORTS).flatMap((name) =>
  Object.entries(WIDTHS).map(([device, width]) => ({ name, device, width })),
);

const isWithin = (inner: Box, outer: Box): boolean =>
  inner.left >= outer.left - 1 &&
  inner.right <= outer.right + 1 &&
  inner.top >= outer.top - 1 &&
  inner.bottom <= outer.bottom + 1;

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;

const overlapping = (texts: readonly Box[]): [string, string][] =>
  texts.flatMap((a, index) =>
    texts.slice(index + 1).flatMap((b): [string, string][] => (overlap(a, b) ? [[a.text, b.text]] : [])),
  );

it.each(EVERYWHERE)(
  "$name stays within a $device's width, and its texts beside each other",
  async ({ name, width }) => {
    const { viewport, scrolled, elements, drawings } = await look(name, { width }, (page) => page.evaluate(layout));
    expect(scrolled).toBeLessThanOrEqual(viewport);
    expect(elements.filter(({ left, right }) => left < -1 || right > viewport + 1)).toEqual([]);
    expect(drawings.length).toBeGreaterThanOrEqual(2);
    for (const drawing of drawings) {
      expect(drawing.bottom - drawing.top).toBeGreaterThan(60);
      expect(drawing.texts.filter((text) => !isWithin(text, drawing))).toEqual([]);
      expect(overlapping(drawing.texts)).toEqual([]);
      for (const box of drawing.boxes) expect(box.texts.filter((text) => !isWithin(text, box))).toEqual([]);
    }
  },
);

it("has a title, headings in order, and tables with headers, to whoever does not see it", async () => {
  await look("example", {}, async (page) => {
    expect(await page.title()).toBe("External key management, 2027-01-15 09:30 UTC");
    const headings = await page.getByRole("heading").allTextContents();
    expect(headings).toEqual([
      "External key management",
      "What to look at",
      "Cluster storage-1",
      "Who holds the keys",
      "Key servers",
      "Certificates",
      "Open faults",
      "Drift since the last pulumi up",
    ]);
    const drawings = page.getByRole("img");
    expect(await drawings.count()).toBe(2);
    await expect(page.getByRole("img", { name: /^Who holds the keys of storage-1/ }).isVisible()).resolves.toBe(true);
    await expect(page.getByRole("img", { name: /^Validity of the certificates/ }).isVisible()).resolves.toBe(true);
    for (const name of ["Keys", "Key servers", "Certificates", "Resources"]) {
      const table = page.getByRole("table", { name, exact: true });
      expect(await table.getByRole("columnheader").count()).toBeGreaterThan(3);
    }
  });
});

it("says in words what it says in colours", async () => {
  const drawn = await look("worst", {}, (page) => page.evaluate(layout));
  const [chain, timeLine] = drawn.drawings;
  const textsOf = (drawing?: { texts: Box[] }) => drawing?.texts.map(({ text }) => text) ?? [];
  expect(textsOf(chain)).toEqual(
    expect.arrayContaining(["Data encryption keys", "Master key", "Key provider 1", "Key server 5"]),
  );
  expect(textsOf(chain)).toEqual(expect.arrayContaining([expect.stringContaining("not usable")]));
  expect(textsOf(timeLine)).toEqual(
    expect.arrayContaining([
      "today",
      "ended 2026-12-26, 20 days ago",
      "ends soon: 2027-01-20, in 5 days",
      "not valid before 2027-02-04",
    ]),
  );
});

it.each(["light", "dark"] as const)("can be read in %s", async (colorScheme) => {
  const { color, texts } = await look("worst", { colorScheme }, async (page) => ({
    color: await page.evaluate(background),
    texts: await page.evaluate(contrasts),
  }));
  expect(color).toBe({ light: "rgb(255, 255, 255)", dark: "rgb(13, 17, 23)" }[colorScheme]);
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
});

it("is printed in light colours, with its drawings", async () => {
  await look("example", { colorScheme: "dark" }, async (page) => {
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate(background)).toBe("rgb(255, 255, 255)");
    expect(await page.getByRole("img").count()).toBe(2);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });
});

it("shows what a cluster calls things as the text that it is", async () => {
  await look("worst", {}, async (page) => {
    expect(await page.locator("script, img").count()).toBe(0);
    expect(await page.getByText("<img src=x onerror=alert(1)>").count()).toBeGreaterThan(5);
    const content = await page.content();
    expect([..."\u202e\u001b"].some((it) => content.includes(it))).toBe(false);
  });
});
