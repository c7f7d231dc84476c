/** When, in the course of one API call, a run is interrupted. */
export const MOMENTS = ["before", "acted", "after"] as const;
export type Moment = (typeof MOMENTS)[number];

/** The `ordinal`-th call of `method` that an operation makes, from 1. */
export interface Call {
  method: string;
  ordinal: number;
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
