import { median, table } from "./figures";
import type { Notice } from "./notice";
import type { Round, Walk } from "./runs";
import type { ResourceSize } from "./state-size";
import type { Traffic } from "./traffic";

/** Everything that one run of the bench measured. */
export interface Measured extends Omit<Walk, "graph"> {
  machine: { processors: number; model: string; node: string; engine: string };
  rekeySeconds: number;
  rounds: Round[];
}

/** The figures that are made of the measurements. */
export function summarise({ rounds, notices, state }: Measured) {
  const quickstart = median(rounds.map((round) => round.quickstart));
  const noop = median(rounds.map((round) => round.noop));
  const spreadOf = (values: number[]) => ({ p50: median(values), max: Math.max(...values) });
  const bytes = sum(state.map((size) => size.bytes));
  return {
    up: { quickstartSeconds: quickstart, noopSeconds: noop, ratio: quickstart / noop },
    notice: {
      noticedMs: spreadOf(notices.map(({ noticedMs }) => noticedMs)),
      completedMs: spreadOf(notices.map(({ completedMs }) => completedMs)),
    },
    state: { bytesPerResource: bytes / state.length, stubShare: sum(state.map((size) => size.stubBytes)) / bytes },
  };
}

/** The measurements as tables for a person. */
export function describe(measured: Measured): string {
  const { machine, rekeySeconds } = measured;
  return [
    `${machine.processors} processors (${machine.model}), Node ${machine.node}, Pulumi ${machine.engine}`,
    section(
      "Wall time of `pulumi up` against the same graph of no-op dynamic resources",
      describeRounds(measured),
      `Both sides contain the cluster's own ${rekeySeconds} s for the rekey.`,
    ),
    section("What reaches the cluster", describeTraffic(measured.traffic)),
    section("From the end of a rekey on the cluster", describeNotices(measured)),
    section("Bytes of state", describeState(measured)),
  ].join("\n\n");
}

const section = (title: string, ...paragraphs: string[]) => [title, ...paragraphs].join("\n\n");

function describeRounds(measured: Measured): string {
  const { up } = summarise(measured);
  const row = (name: string, quickstart: number, noop: number) => [
    name,
    seconds(quickstart),
    seconds(noop),
    (quickstart / noop).toFixed(2),
  ];
  return table(
    ["round", "quickstart", "no-op", "ratio"],
    [
      ...measured.rounds.map(({ quickstart, noop }, index) => row(String(index + 1), quickstart, noop)),
      row("median", up.quickstartSeconds, up.noopSeconds),
    ],
  );
}

function describeTraffic(traffic: Record<string, Traffic>): string {
  return table(
    ["command", "API calls", "of them polls", "TLS handshakes"],
    Object.entries(traffic).map(([command, { calls, methods, handshakes }]) => [
      command,
      ...[calls, methods.GetAsyncResult ?? 0, handshakes].map(String),
    ]),
  );
}

function describeNotices(measured: Measured): string {
  const { noticedMs, completedMs } = summarise(measured).notice;
  const row = (name: string, noticed: number, completed: number) => [
    name,
    milliseconds(noticed),
    milliseconds(completed),
  ];
  return table(
    ["rekey", "provider noticed", "resource completed"],
    [
      ...measured.notices.map(({ rekeySeconds, noticedMs, completedMs }: Notice) =>
        row(seconds(rekeySeconds), noticedMs, completedMs),
      ),
      row("p50", noticedMs.p50, completedMs.p50),
      row("max", noticedMs.max, completedMs.max),
    ],
  );
}

function describeState({ state }: Measured): string {
  const row = (name: string, bytes: number, stubBytes: number) => [
    name,
    bytes.toFixed(0),
    stubBytes.toFixed(0),
    `${((100 * stubBytes) / bytes).toFixed(1)} %`,
  ];
  const bytes = sum(state.map((size) => size.bytes));
  const stubBytes = sum(state.map((size) => size.stubBytes));
  return table(
    ["resource", "bytes", "stub", "share"],
    [
      ...state.map((size: ResourceSize) => row(size.resource, size.bytes, size.stubBytes)),
      row("all", bytes, stubBytes),
      row("per resource", bytes / state.length, stubBytes / state.length),
    ],
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const seconds = (value: number) => `${value.toFixed(2)} s`;
const milliseconds = (value: number) => `${value.toFixed(0)} ms`;
