import { reportJson } from "../../../cli/report/files";
import { html } from "../../../cli/report/html/markup";
import { text } from "../../../cli/report/html/text";
import { TimeScale } from "../../../cli/report/html/time-scale";
import { summaryOf } from "../../../cli/report/summary";
import { NOW, worstReport } from "./samples";

test("a text in markup is a text, and markup stays markup", () => {
  expect(html`<b title="${`"'<&>`}">${html`<i>${1}</i>`}${[html`<br>`, "a<b"]}${undefined}${false}</b>`.markup).toBe(
    '<b title="&#34;&#39;&#60;&#38;&#62;"><i>1</i><br>a&#60;b</b>',
  );
  expect(html`${"a\u001b[2J\r\nb\u202ec"}`.markup).toBe("a\ufffd[2J b\ufffdc");
});

test.each([
  ["as it is where it fits", "kms1.example.com", 200, "kms1.example.com"],
  ["cut where it does not", "kms1.example.com", 80, "kms1.e…"],
  ["cut sooner where it is wide", "WWWWWWWWWWWWWWWW", 80, "WWWW…"],
  ["cut between characters", "👩👩👩👩👩👩👩👩", 80, "👩👩👩👩…"],
])("a text in a drawing is %s", (_, content, room, shown) => {
  expect(text(content, { x: 0, y: 0, size: 14, room }).markup).toContain(`>${shown}</text>`);
});

describe("a scale of time", () => {
  const years = (count: number) => new Date(NOW.getTime() + count * 365.25 * 86_400_000).toISOString();

  test("has the present and what is near", () => {
    const scale = TimeScale.of([{ notBefore: years(-0.5), notAfter: years(1) }], NOW, 1000);
    const places = [years(-0.5), NOW.toISOString(), years(1)].map((time) => scale.x(Date.parse(time)));
    expect(places).toEqual([28.3, 342.8, 971.7]);
    expect(scale.isBeyond(Date.parse(years(1)))).toBe(false);
    expect(scale.ticks(9).map(({ name }) => name)).toEqual([
      ...["2026-07", "2026-10", "2027-01", "2027-04", "2027-07", "2027-10", "2028-01"],
    ]);
  });

  test("is not stretched by an authority of decades", () => {
    const scale = TimeScale.of([{ notBefore: years(-20), notAfter: years(20) }], NOW, 1000);
    expect([years(-20), years(20)].map((time) => scale.x(Date.parse(time)))).toEqual([0, 1000]);
    expect(scale.isBeyond(Date.parse(years(20)))).toBe(true);
    expect(scale.ticks(3).map(({ name }) => name)).toEqual(["2027", "2029"]);
  });

  test("has no more ticks than there is room for", () => {
    const scale = TimeScale.of([], NOW, 1000);
    expect(scale.ticks(5).length).toBeLessThanOrEqual(5);
  });
});

/** What a terminal would act on. */
const ACTED_ON = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

test.each([
  ["JSON", reportJson],
  ["the summary", (report: ReturnType<typeof worstReport>) => summaryOf(report, ["report.json"])],
])("%s does nothing to a terminal", (_, write) => {
  const report = worstReport();
  expect(ACTED_ON.test(JSON.stringify(report))).toBe(true);
  expect(ACTED_ON.test(write(report))).toBe(false);
});

test("JSON says what the report says", () => {
  const report = worstReport();
  expect(JSON.parse(reportJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
});
