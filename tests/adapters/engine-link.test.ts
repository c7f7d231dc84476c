import { Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineLink } from "../../provider/adapters/pulumi/engine";

interface Line {
  urn: string;
  message: string;
}

const lines: Line[] = [];
let waiting = () => {};
const server = new Server();
let engine: EngineLink;

beforeAll(async () => {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's service description has no type for its requests
  const log = ({ request }: any, answer: (error: null, reply: Empty) => void) => {
    lines.push({ urn: request.getUrn(), message: request.getMessage() });
    answer(null, new Empty());
    waiting();
  };
  // biome-ignore lint/suspicious/noExplicitAny: as above
  server.addService(EngineService as any, { log });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  engine = new EngineLink(`127.0.0.1:${port}`);
});

afterAll(() => {
  engine.close();
  server.forceShutdown();
});

test.each(["announce", "progress", "info", "warn"] as const)(
  "a line of %s reaches the engine without control sequences, on one line",
  async (severity) => {
    const printed = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    engine.log("urn:row", true)[severity]("\u001b[2Jrekeying\r\n::warning::\u202ex");
    await printed;
    expect(lines.splice(0)).toEqual([{ urn: "urn:row", message: "\ufffd[2Jrekeying ::warning::\ufffdx" }]);
  },
);
