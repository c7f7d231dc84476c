/** A way of getting an engine, and why it gave none. */
export interface FailedWay {
  way: string;
  reason: string;
}

/** No way of getting an engine worked. */
export class EngineUnavailableError extends Error {
  readonly code = "ENGINE_UNAVAILABLE";
  override readonly name = "EngineUnavailableError";

  constructor(readonly failedWays: readonly FailedWay[]) {
    super(
      [
        "No Pulumi engine could be had. Tried:",
        ...failedWays.map(({ way, reason }) => `- ${way}: ${reason.replaceAll("\n", "\n    ")}`),
        "Installing Pulumi (https://www.pulumi.com/docs/install/) and putting it on PATH is enough.",
      ].join("\n"),
    );
  }
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
