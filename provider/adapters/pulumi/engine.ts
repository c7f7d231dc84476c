import type { ServiceError } from "@grpc/grpc-js";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { withoutControlCharacters } from "../../core/display";
import { EngineGoneError, type Explanation } from "../../core/errors";
import type { RowLog } from "../process/contexts";
import type { Announcements } from "./announcements";
import { grpc } from "./grpc";

/** gRPC's own deadline for a call to a process on this machine. */
const CALL_TIMEOUT_MS = 5_000;
/** The pause between two looks of a provider process whether its engine still lives. */
const WATCH_MS = 5_000;

/** An engine that was told to skip checkpoints saves state when a run ends: one that is killed has saved nothing of it. */
export const savesEachStep = (env: NodeJS.ProcessEnv): boolean =>
  !/^(1|true)$/i.test(env.PULUMI_SKIP_CHECKPOINTS ?? "");

/**
 * The engine that started this provider process. It passes neither a URN nor a log to a dynamic provider, but its
 * address is the process's last argument, and its log service takes lines for any resource's row.
 */
export class EngineLink {
  private client?: EngineClient;
  private watch?: NodeJS.Timeout;

  constructor(
    private readonly address: string | undefined,
    /** The URN of the row of whatever has an identity. */
    private readonly rowOf: (identity: string) => string = (identity) => identity,
  ) {}

  /** Lines on the row of the resource `urn`. A progress line replaces the progress line before it. */
  log(urn: string, announcements: Announcements): RowLog {
    return {
      announce: (message) => announcements.say((ephemeral) => void this.send(urn, "INFO", message, ephemeral)),
      progress: (message) => void this.send(urn, "INFO", message, true),
      info: (message) => void this.send(urn, "INFO", message, false),
      warn: (message) => void this.send(urn, "WARNING", message, false),
    };
  }

  /** Shows a line before it returns. */
  say(urn: string, severity: "info" | "warn", message: string): Promise<void> {
    return this.send(urn, severity === "info" ? "INFO" : "WARNING", message, false);
  }

  /**
   * A killed engine leaves its provider processes alive, and they would go on acting on the cluster beside the next run.
   *
   * @throws EngineGoneError
   */
  async assertAlive(attempt: Pick<Explanation, "attempt" | "place">): Promise<void> {
    if (this.address === undefined) return;
    const gone = await this.call();
    if (gone === null) return;
    throw new EngineGoneError(
      {
        ...attempt,
        reason: "the engine that started this run is gone, and nothing is written without it",
        wayOut: 'run "pulumi cancel" and then "pulumi up": it finds what was done and finishes it',
      },
      { cause: gone },
    );
  }

  /** Calls back once the engine is gone. An engine that is halted or busy still takes connections. */
  whenGone(callback: () => void): void {
    if (this.address === undefined) return;
    this.watch ??= setInterval(async () => {
      const error = await this.call();
      if (error?.code !== grpc().status.UNAVAILABLE) return;
      clearInterval(this.watch);
      callback();
    }, WATCH_MS).unref();
  }

  close(): void {
    clearInterval(this.watch);
    this.client?.close();
  }

  /** Asks the engine for something that costs nothing; gives the error of an engine that does not answer. */
  private call(): Promise<ServiceError | null> {
    const { GetRootResourceRequest } = require("@pulumi/pulumi/proto/engine_pb");
    const deadline = Date.now() + CALL_TIMEOUT_MS;
    return new Promise((resolve) => {
      this.connect().getRootResource(new GetRootResourceRequest(), new (grpc().Metadata)(), { deadline }, resolve);
    });
  }

  /** A line that cannot be shown is no reason to stop; whether the engine lives is asked before each write. */
  private async send(urn: string, severity: "INFO" | "WARNING", message: string, ephemeral: boolean): Promise<void> {
    if (this.address === undefined) return;
    const { LogRequest, LogSeverity } = require("@pulumi/pulumi/proto/engine_pb");
    const request = new LogRequest();
    request.setSeverity(LogSeverity[severity]);
    request.setMessage(withoutControlCharacters(message));
    request.setUrn(this.rowOf(urn));
    request.setEphemeral(ephemeral);
    request.setStreamid(ephemeral ? STREAM : 0);
    const deadline = Date.now() + CALL_TIMEOUT_MS;
    await new Promise<void>((resolve) => {
      this.connect().log(request, new (grpc().Metadata)(), { deadline }, () => resolve());
    });
  }

  private connect(): EngineClient {
    if (this.client === undefined) {
      const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb");
      const { credentials } = grpc();
      // The engine is on this machine: a proxy that the environment names does not lead to it.
      const options = { "grpc.enable_http_proxy": 0 };
      this.client = new EngineClient(this.address, credentials.createInsecure(), options) as EngineClient;
    }
    return this.client;
  }
}

/** Any constant: lines of one stream replace each other. */
const STREAM = 1;
