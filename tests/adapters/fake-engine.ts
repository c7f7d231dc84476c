import { Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** The part of an engine that takes lines. */
export class FakeEngine {
  readonly lines: { urn: string; message: string }[] = [];
  private waiting = () => {};
  private readonly server = new Server();

  private constructor() {
    // biome-ignore lint/suspicious/noExplicitAny: the SDK's service description has no type for its requests
    const log = ({ request }: any, answer: (error: null, reply: Empty) => void) => {
      this.lines.push({ urn: request.getUrn(), message: request.getMessage() });
      answer(null, new Empty());
      this.waiting();
    };
    // biome-ignore lint/suspicious/noExplicitAny: as above
    this.server.addService(EngineService as any, { log });
  }

  static async start(): Promise<{ engine: FakeEngine; address: string }> {
    const engine = new FakeEngine();
    const port = await new Promise<number>((resolve, reject) => {
      engine.server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return { engine, address: `127.0.0.1:${port}` };
  }

  /** The next line. */
  line(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  stop(): void {
    this.server.forceShutdown();
  }
}
