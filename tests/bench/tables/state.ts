import { sum, table } from "../figures";
import type { ResourceSize } from "../state-size";

export function describeState(state: readonly ResourceSize[]): string {
  const row = (name: string, bytes: number, stubBytes: number) => [
    name,
    bytes.toFixed(0),
    stubBytes.toFixed(0),
    `${((100 * stubBytes) / bytes).toFixed(1)} %`,
  ];
  const [bytes, stubBytes] = [sum(state.map((size) => size.bytes)), sum(state.map((size) => size.stubBytes))];
  return table(
    ["resource", "bytes", "stub", "share"],
    [
      ...state.map((size) => row(size.resource, size.bytes, size.stubBytes)),
      row("all", bytes, stubBytes),
      row("per resource", bytes / state.length, stubBytes / state.length),
    ],
  );
}
