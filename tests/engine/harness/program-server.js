// A Node process that serves the program of a folder to one engine run after the other, as the Automation API serves an
// inline program: to start Node and to load the SDK for each run takes longer than the run itself.
const { dirname } = require("node:path");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const { grpcClientOptions } = require("@pulumi/pulumi/runtime/settings");

/** The copy of gRPC that the SDK's own services are built on. */
const { Server, ServerCredentials } = require(
  require.resolve("@grpc/grpc-js", { paths: [dirname(require.resolve("@pulumi/pulumi"))] }),
);

// A connection to an engine that is gone stays among those that are shared, and is not tried again for a while. A later
// engine may well have its port.
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;

const [, , folder] = process.argv;

async function program() {
  for (const file of Object.keys(require.cache)) {
    if (dirname(file) === folder) delete require.cache[file];
  }
  return require(folder);
}

/**
 * The SDK takes every gRPC error for the engine's wish to end. When not even the stack can be registered, the engine is told
 * of a program that declares nothing, and removes everything.
 */
class ProgramServer extends LanguageServer {
  run(call, callback) {
    let wasRun = false;
    const one = new LanguageServer(async () => {
      const outputs = await this.program();
      wasRun = true;
      return outputs;
    });
    one.run(call, (error, response) => callback(error ?? (wasRun ? null : NOT_RUN), response));
  }
}

const NOT_RUN = new Error("the program could not be run");

const server = new Server();
server.addService(LanguageRuntimeService, new ProgramServer(program));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.send(port);
});
process.once("disconnect", () => process.exit());
