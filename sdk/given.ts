/** Arguments or options without `null` values, which count as left out, as `undefined` does. */
export const given = <Args extends object>(args: Args | null | undefined): Args =>
  Object.fromEntries(Object.entries(args ?? {}).filter(([, value]) => value !== null)) as Args;
