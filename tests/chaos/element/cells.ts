import { type Call, MOMENTS, type Moment } from "../calls";
import { INTERRUPTIONS, type Interruption } from "../interruptions";
import type { OperationName } from "./operations";

/** What a user does after an interruption. */
export const RECOVERIES = ["up", "refresh, up", "up --refresh"] as const;
export type Recovery = (typeof RECOVERIES)[number];

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
