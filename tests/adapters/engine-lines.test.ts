import { EventEmitter, once } from "node:events";
import { dirname } from "node:path";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { DynamicProvider } from "../../provider/adapters/pulumi/dynamic/provider";
import { Runtime } from "../../provider/adapters/pulumi/runtime";
import type { AnyLifecycle } from "../../provider/core/lifecycle";
import { announcement, warning } from "../../provider/core/plan";

const grpc: typeof import("@grpc/grpc-js") = require(
  require.resolve("@grpc/grpc-js", { paths: [dirname(require.resolve("@pulumi/pulumi"))] }),
);
const { EngineService } = require("@pulumi/pulumi/proto/engine_grpc_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");

/** Says what it is asked. */
const talkative = {
  check: async (_olds: object, inputs: object) => ({ inputs, failures: [], lines: [warning("ends soon")] }),
  diff: async () => ({ differing: ["keyProvider"], lines: [announcement("will rekey \u001b[2J")] }),
} as unknown as AnyLifecycle;

const URN = "urn:pulumi:dev::tests::any::key";
const news = { __resourceUrn: URN, __provider: "" };

/** A line that the next one of its resource replaces ends in dots. */
const inWords = (line: LogRequest): string => `${line.getUrn()} ${line.getMessage()}${line.getEphemeral() ? " …" : ""}`;

/** The lines that an engine gets from a provider process: all before the one of a last resource. */
async function linesOf(run: (provider: DynamicProvider) => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  const engine = new EventEmitter();
  const ended = once(engine, "end");
  const server = new grpc.Server();
  server.addService({ log: EngineService.log }, {
    log(call: { request: LogRequest }, done: (error: null, answer: object) => void) {
      if (call.request.getUrn() === "the end") engine.emit("end");
      else lines.push(inWords(call.request));
      done(null, new Empty());
    },
  } as never);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  const runtime = new Runtime(`127.0.0.1:${port}`);
  const provider = new DynamicProvider(talkative, runtime);
  await run(provider);
  await provider.check({}, { ...news, __resourceUrn: "the end" });
  await ended;
  server.forceShutdown();
  await runtime.close();
  return lines;
}

test.each([
  ["a preview, where the announcement stays", { __isPreview: true }, `${URN} will rekey \ufffd[2J`],
  ["an update, where it gives way to what is done", {}, `${URN} will rekey \ufffd[2J …`],
])(
  "the engine gets each line once, on the resource's row, without what would move the cursor: %s",
  async (_, more, will) => {
    const lines = await linesOf(async (provider) => {
      for (const _ of [1, 2]) {
        const { inputs } = await provider.check({}, { ...news, ...more });
        // Nothing of the phase is kept.
        expect(inputs).toEqual({ __resourceUrn: URN });
        await provider.diff("1", inputs, inputs);
      }
    });
    expect(lines.sort()).toEqual([`${URN} ends soon`, will]);
  },
);

test("a refresh, which compares without a check, announces nothing", async () => {
  expect(await linesOf((provider) => provider.diff("1", news, news))).toEqual([]);
});
