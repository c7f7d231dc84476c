import type { Report } from "../model";
import { eachSystem } from "../systems";
import { minute } from "../time";
import { driftSection } from "./drift";
import { findingsSection } from "./findings";
import { Html, html } from "./markup";
import { STYLE } from "./style";

/** A report as one page that needs nothing else, runs nothing and asks nobody. */
export function reportPage(report: Report): string {
  const { drift, created, writtenBy } = report;
  const now = new Date(created);
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>External key management, ${minute(created)}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<h1>External key management</h1>
<p>As read <time datetime="${created}">${minute(created)}</time> from ${eachSystem(report, (reporter, each) => [reporter.title(each)]).join(", ")}.</p>
</header>
<main>
${findingsSection(report)}
${eachSystem(report, (reporter, each, index) => [reporter.section(each, now, `${reporter.system.noun}-${index + 1}`)])}
${driftSection(drift)}
</main>
<footer><p>Written by ${writtenBy}. Ages and ends are counted from the time above.</p></footer>
</body>
</html>
`;
  return page.markup;
}
