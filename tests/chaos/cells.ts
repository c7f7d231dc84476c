import type { Interruption } from "./interruptions";
import { INTERRUPTIONS } from "./interruptions";
import type { OperationName } from "./operations";

/** When, in the course of one API call, a run is interrupted. */
export const MOMENTS = ["before", "acted", "after"] as const;
export type Moment = (typeof MOMENTS)[number];

/** What a user does after an interruption. */
export const RECOVERIES = ["up", "refresh, up", "up --refresh"] as const;
export type Recovery = (typeof RECOVERIES)[number];

/** The `ordinal`-th call of `method` that an operation makes, from 1. */
export interface Call {
  method: string;
  ordinal: number;
}

/** One run that is interrupted at one point in one way. */
export interface Cell {
  operation: OperationName;
  call: Call;
  moment: Moment;
  interruption: Interruption;
  recovery: Recovery;
}

export const idOf = ({ operation, call, moment, interruption }: Cell): string =>
  `${operation}/${call.method}#${call.ordinal}/${moment}/${interruption}`;

/** Every cell of an operation that makes `calls`. The ways to recover take turns. */
export function cellsOf(operation: OperationName, calls: Call[]): Cell[] {
  return calls
    .flatMap((call) =>
      MOMENTS.flatMap((moment) => INTERRUPTIONS.map((interruption) => ({ operation, call, moment, interruption }))),
    )
    .map((cell, index) => {
      // Seven interruptions a moment: counting on over them meets each way to recover with each interruption.
      const recovery = RECOVERIES[index % RECOVERIES.length] as Recovery;
      return { ...cell, recovery };
    });
}

/** Of a poll the first, one in the middle and the last; of everything else each one. */
export function pointsOf(methods: readonly string[]): Call[] {
  const counts = new Map<string, number>();
  const calls = methods.map((method) => {
    const ordinal = (counts.get(method) ?? 0) + 1;
    counts.set(method, ordinal);
    return { method, ordinal };
  });
  return calls.filter(({ method, ordinal }) => {
    const last = counts.get(method) ?? 0;
    return !POLLS.has(method) || [1, Math.ceil(last / 2), last].includes(ordinal);
  });
}

/** How a rekey and hardware encryption are waited for. */
export const POLLS: ReadonlySet<string> = new Set(["GetAsyncResult", "GetEncryptionAtRestInfo"]);
