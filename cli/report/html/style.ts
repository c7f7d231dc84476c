/** The page's style sheet: one set of colours for light, one for dark, and light ones for paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --surface: #f6f8fa; --text: #1f2328; --muted: #59636e; --line: #d1d9e0; --track: #e6eaef;
  --good: #1a7f37; --good-surface: #dafbe1; --notice: #8a5c00; --notice-surface: #fff3c4;
  --bad: #c21f2c; --bad-surface: #ffe3e1; --accent: #0a5fc4;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --surface: #161c24; --text: #e6edf3; --muted: #9aa4af; --line: #3a424c; --track: #262d36;
    --good: #4cc25f; --good-surface: #12351d; --notice: #e0a93b; --notice-surface: #3a2c07;
    --bad: #ff7b72; --bad-surface: #4a1a1b; --accent: #6cb0ff;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem); max-width: 76rem;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  color: var(--text); background: var(--page); overflow-wrap: anywhere;
}
td > div, .findings li > div, dd { min-width: 0; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 0 0 0.75rem; font-size: 1.35rem; line-height: 1.25; }
h3 { margin: 2rem 0 0.75rem; font-size: 1.05rem; }
p, ul, dl { margin: 0 0 0.75rem; }
header { padding-bottom: 0.5rem; }
header p, footer p { color: var(--muted); margin: 0.4rem 0 0; }
section { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.875rem; }
code { font: 0.86em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
dl { display: flex; flex-wrap: wrap; gap: 0.5rem 2.5rem; }
dt { font-size: 0.8rem; color: var(--muted); }
dd { margin: 0; }
del { color: var(--muted); }
ins { text-decoration: none; font-weight: 600; }
.badge {
  display: inline-block; padding: 0 0.5em; border-radius: 0.4em; font-size: 0.85em; font-weight: 600;
  line-height: 1.6; border: 1px solid currentcolor;
}
.badge.good { color: var(--good); background: var(--good-surface); }
.badge.notice { color: var(--notice); background: var(--notice-surface); }
.badge.bad { color: var(--bad); background: var(--bad-surface); }
.badge.plain { color: var(--muted); background: var(--surface); }
.findings { list-style: none; padding: 0; }
.findings li { display: grid; grid-template-columns: 7rem 1fr; gap: 0.75rem; padding: 0.5rem 0; align-items: start; }
.findings li + li { border-top: 1px solid var(--line); }
.findings .badge { justify-self: start; }
td ul { margin: 0; padding-left: 1.1rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.92rem; margin: 1rem 0; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: 0.55rem 0.75rem; border-bottom: 1px solid var(--line); }
th, .badge, .whole { overflow-wrap: normal; }
td { min-width: 5.5rem; }
td:first-child { min-width: 11rem; }
th { font-size: 0.88em; font-weight: 600; color: var(--muted); background: var(--surface); }
.drawing { margin: 1rem 0 1.5rem; }
svg { display: block; width: 100%; height: auto; font-family: inherit; }
svg.narrow { display: none; }
svg text { fill: var(--text); }
svg .title { font-weight: 600; }
svg .muted { fill: var(--muted); }
.box rect { fill: var(--surface); stroke: var(--line); }
.box .mark { fill: var(--muted); stroke: none; }
.box.good .mark { fill: var(--good); }
.box.notice .mark { fill: var(--notice); }
.box.bad .mark { fill: var(--bad); }
.box.bad rect:not(.mark) { stroke: var(--bad); }
.box.plain rect:not(.mark) { stroke-dasharray: 4 3; }
.edge { fill: none; stroke: var(--muted); stroke-width: 1.6; }
.arrow { fill: var(--muted); }
.bar.good { fill: var(--good); }
.bar.notice { fill: var(--notice); }
.bar.bad { fill: var(--bad); }
.bar .track { fill: var(--track); }
svg .end { font-weight: 600; }
svg .end.good { fill: var(--good); }
svg .end.notice { fill: var(--notice); }
svg .end.bad { fill: var(--bad); }
.today { stroke: var(--accent); stroke-width: 2; }
svg .today-label { fill: var(--accent); font-weight: 600; }
.axis { fill: none; stroke: var(--line); }
@media screen and (max-width: 46rem) {
  body { padding: 1.25rem 1rem; }
  svg.wide { display: none; }
  svg.narrow { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; }
  tr { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: 0.75rem; padding: 0.25rem 0; border: 0; }
  td::before { content: attr(data-label); font-size: 0.88em; font-weight: 600; color: var(--muted); }
  .findings li { grid-template-columns: 1fr; gap: 0.25rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  table { font-size: 8pt; }
  section, .drawing, tr, .findings li { break-inside: avoid; }
  section.cluster { break-inside: auto; }
  h2, h3 { break-after: avoid; }
  .badge, svg * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
