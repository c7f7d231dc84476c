import { PURPOSE_IN_WORDS } from "../element/certificate-facts";
import type { CertificateFacts } from "../model";
import { endInWords } from "../wording";
import { type Drawing, drawing, VARIANTS, type Variant } from "./drawing";
import type { Tone } from "./elements";
import { type Html, html } from "./markup";
import { text } from "./text";
import { TimeScale } from "./time-scale";

/** The validity of certificates, drawn with the present time. */
export const timeLine = (certificates: readonly CertificateFacts[], now: Date, id: string): Html =>
  drawing(id, "Validity of the certificates", timeLineInWords(certificates), (variant) =>
    draw(certificates, now, variant),
  );

const timeLineInWords = (certificates: readonly CertificateFacts[]): string =>
  certificates.map((it) => `The ${PURPOSE_IN_WORDS[it.purpose]} ${it.subject} ${endInWords(it)}.`).join(" ");

export const STATUS_TONES: Readonly<Record<CertificateFacts["status"], Tone>> = {
  valid: "good",
  endsSoon: "notice",
  ended: "bad",
  notYetValid: "bad",
};

const TOP = 34;
const BAR = 10;
const SHORTEST_BAR = 6;
const SUBJECT_SIZE = 14;
const END_SIZE = 13;
const AXIS_HEIGHT = 34;
const AXIS_SIZE = 12;
/** Width of a tick with its label. */
const TICK_ROOM = 110;

/** Lines of text above a bar, and the height of it all. */
const ROWS: Record<Variant, { bar: number; height: number }> = {
  wide: { bar: 26, height: 58 },
  narrow: { bar: 46, height: 80 },
};

function draw(certificates: readonly CertificateFacts[], now: Date, variant: Variant): Drawing {
  const width = VARIANTS[variant];
  const scale = TimeScale.of(certificates, now, width);
  const row = ROWS[variant];
  const bottom = TOP + certificates.length * row.height;
  const today = scale.x(now.getTime());
  return {
    height: bottom + AXIS_HEIGHT,
    content: [
      text("today", { x: today, y: 14, size: AXIS_SIZE, room: 80, anchor: anchor(today, width), style: "today-label" }),
      html`<path class="today" d="M${today} 19 v7"/>`,
      certificates.map((certificate, index) => {
        const y = TOP + index * row.height;
        return [
          labels(certificate, y, variant),
          bar(certificate, y + row.bar, scale),
          html`<path class="today" d="M${today} ${y + row.bar - 6} v${BAR + 12}"/>`,
        ];
      }),
      html`<path class="axis" d="M0 ${bottom} H${width}"/>`,
      scale.ticks(Math.floor(width / TICK_ROOM)).map(({ time, name }) => {
        const x = scale.x(time);
        const place = { x, y: bottom + 22, size: AXIS_SIZE, room: 80, anchor: anchor(x, width) };
        return html`<path class="axis" d="M${x} ${bottom} v6"/>${text(name, { ...place, style: "muted" })}`;
      }),
    ],
  };
}

/** Half the width of a label on the axis. */
const HALF_LABEL = 34;

/** Which end of a label stands at `x`, so that it stays within the drawing. */
function anchor(x: number, width: number): "start" | "middle" | "end" {
  if (x < HALF_LABEL) return "start";
  return x > width - HALF_LABEL ? "end" : "middle";
}

/** What a bar is about: on a narrow page in two lines. */
function labels(certificate: CertificateFacts, y: number, variant: Variant): Html[] {
  const width = VARIANTS[variant];
  const subject = `${certificate.subject || "no subject"} (${PURPOSE_IN_WORDS[certificate.purpose]})`;
  const subjectPlace = { x: 0, y: y + 16, size: SUBJECT_SIZE };
  const end = endInWords(certificate);
  const endPlace = { size: END_SIZE, style: `end ${STATUS_TONES[certificate.status]}` };
  return variant === "narrow"
    ? [text(subject, { ...subjectPlace, room: width }), text(end, { ...endPlace, x: 0, y: y + 36, room: width })]
    : [
        text(subject, { ...subjectPlace, room: width * 0.64 }),
        text(end, { ...endPlace, x: width, y: y + 16, room: width * 0.33, anchor: "end" }),
      ];
}

/** The validity, with an arrow where it goes on beyond the drawing. */
function bar({ status, subject, notBefore, notAfter }: CertificateFacts, y: number, scale: TimeScale): Html {
  const { width } = scale;
  const x = Math.min(scale.x(Date.parse(notBefore)), width - SHORTEST_BAR);
  const length = Math.max(scale.x(Date.parse(notAfter)) - x, SHORTEST_BAR);
  const goesOn = scale.isBeyond(Date.parse(notAfter));
  return html`<g class="bar ${STATUS_TONES[status]}"><title>${subject}</title>
<rect class="track" x="0" y="${y}" width="${width}" height="${BAR}" rx="5"/>
<rect x="${x}" y="${y}" width="${goesOn ? length - ARROW : length}" height="${BAR}" rx="${goesOn ? 0 : 5}"/>
${goesOn && html`<path class="beyond" d="M${width - ARROW} ${y} l${ARROW} ${BAR / 2} l-${ARROW} ${BAR / 2} z"/>`}</g>`;
}

const ARROW = 9;
