import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { grpc } from "../grpc";
import type { Properties } from "../resource/calls";
import type { Components } from "./construct";
import type { Change } from "./detailed-diff";
import { InitFailedError, type NativeProvider, NotImplementedError } from "./provider";

const messages = require("@pulumi/pulumi/proto/provider_pb") as typeof proto;
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const structs = require("google-protobuf/google/protobuf/struct_pb") as { Struct: typeof Struct };

/** What the package says of itself. */
export interface About {
  version: string;
  /** As the engine, its hosts and its code generators read it. */
  schema: string;
}

type Handlers = Record<string, (request: never) => unknown>;

/** Serves an engine on this machine. @returns the port */
export async function serve(provider: NativeProvider, components: Components, about: About): Promise<number> {
  const { Server, ServerCredentials } = grpc();
  const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb");
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const answering = Object.entries(handlersOf(provider, components, about)).map(([name, handler]) => [
    name,
    unary(handler),
  ]);
  server.addService(ResourceProviderService, Object.fromEntries(answering));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

const handlersOf = (provider: NativeProvider, components: Components, { version, schema }: About): Handlers => ({
  handshake() {
    const answer = new messages.ProviderHandshakeResponse();
    answer.setAcceptSecrets(true);
    return answer;
  },

  getPluginInfo() {
    const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
    const answer = new PluginInfo();
    answer.setVersion(version);
    return answer;
  },

  getSchema() {
    const answer = new messages.GetSchemaResponse();
    answer.setSchema(schema);
    return answer;
  },

  checkConfig(request: proto.CheckRequest) {
    return checkResponse(provider.checkConfig(given(request.getNews())));
  },

  diffConfig(request: proto.DiffRequest) {
    const { changes } = provider.diffConfig(given(request.getOldInputs()), given(request.getNews()));
    const answer = new messages.DiffResponse();
    answer.setChanges(changesIn(changes));
    return answer;
  },

  configure(request: proto.ConfigureRequest) {
    provider.configure(given(request.getArgs()));
    const answer = new messages.ConfigureResponse();
    answer.setAcceptsecrets(true);
    answer.setSupportspreview(true);
    return answer;
  },

  async check(request: proto.CheckRequest) {
    return checkResponse(await provider.check(request.getUrn(), given(request.getOlds()), given(request.getNews())));
  },

  async diff(request: proto.DiffRequest) {
    const { changes, replaces, stables, diffs, deletesFirst, detailed } = await provider.diff(
      addressed(request),
      given(request.getOlds()),
      given(request.getNews()),
      given(request.getOldInputs()),
    );
    const answer = new messages.DiffResponse();
    answer.setChanges(changesIn(changes));
    answer.setReplacesList(replaces);
    answer.setStablesList(stables);
    answer.setDiffsList(diffs);
    answer.setDeletebeforereplace(deletesFirst);
    answer.setHasdetaileddiff(detailed.length > 0);
    for (const [path, change, isReplaced] of detailed) {
      const entry = new messages.PropertyDiff();
      entry.setKind(kindOf(change, isReplaced));
      entry.setInputdiff(true);
      answer.getDetaileddiffMap().set(path, entry);
    }
    return answer;
  },

  async create(request: proto.CreateRequest) {
    const { id, properties } = await provider.create(
      { urn: request.getUrn(), timeout: request.getTimeout() },
      given(request.getProperties()),
      request.getPreview(),
    );
    const answer = new messages.CreateResponse();
    answer.setId(id);
    answer.setProperties(struct(properties));
    return answer;
  },

  async read(request: proto.ReadRequest) {
    const found = await provider.read(addressed(request), given(request.getProperties()), given(request.getInputs()));
    const answer = new messages.ReadResponse();
    // A blank id tells the engine that the object is gone.
    if (found === undefined) return answer;
    answer.setId(found.id);
    answer.setProperties(struct(found.properties));
    answer.setInputs(struct(found.inputs));
    return answer;
  },

  async update(request: proto.UpdateRequest) {
    const { properties } = await provider.update(
      { ...addressed(request), timeout: request.getTimeout() },
      given(request.getOlds()),
      given(request.getNews()),
      request.getPreview(),
    );
    const answer = new messages.UpdateResponse();
    answer.setProperties(struct(properties));
    return answer;
  },

  async delete(request: proto.DeleteRequest) {
    await provider.delete({ ...addressed(request), timeout: request.getTimeout() }, given(request.getProperties()));
    return new Empty();
  },

  async invoke(request: proto.InvokeRequest) {
    const { result, failures } = await provider.invoke(request.getTok(), given(request.getArgs()));
    const answer = new messages.InvokeResponse();
    answer.setReturn(struct(result));
    answer.setFailuresList(failures.map(failureOf));
    return answer;
  },

  async construct(request: proto.ConstructRequest) {
    const { urn, state, dependencies } = await components.construct(request);
    const answer = new messages.ConstructResponse();
    answer.setUrn(urn);
    answer.setState(struct(state));
    for (const [property, urns] of dependencies) {
      const depending = new messages.ConstructResponse.PropertyDependencies();
      depending.setUrnsList(urns);
      answer.getStatedependenciesMap().set(property, depending);
    }
    return answer;
  },

  cancel() {
    provider.cancel();
    return new Empty();
  },
});

function unary(handler: Handlers[string]) {
  return async ({ request }: ServerUnaryCall<never, unknown>, answer: sendUnaryData<unknown>) => {
    try {
      answer(null, await handler(request));
    } catch (error) {
      answer(statusOf(error as Error));
    }
  };
}

/** A failure as gRPC carries it; that of an incomplete resource has what state is to keep. */
function statusOf(error: Error) {
  const { Metadata, status } = grpc();
  const metadata = new Metadata();
  if (error instanceof InitFailedError) metadata.add("grpc-status-details-bin", detailsOf(error, status.UNKNOWN));
  const code = error instanceof NotImplementedError ? status.UNIMPLEMENTED : status.UNKNOWN;
  return { code, details: error.message, metadata };
}

function detailsOf({ id, properties, message }: InitFailedError, code: number): Buffer {
  const { Any } = require("google-protobuf/google/protobuf/any_pb");
  const { Status } = require("@pulumi/pulumi/proto/status_pb");
  const failed = new messages.ErrorResourceInitFailed();
  failed.setId(id);
  failed.setProperties(struct(properties));
  failed.setReasonsList([message]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const details = new Status();
  details.setCode(code);
  details.setMessage(message);
  details.addDetails(detail);
  return Buffer.from(details.serializeBinary());
}

function checkResponse({ inputs, failures }: Awaited<ReturnType<NativeProvider["check"]>>): proto.CheckResponse {
  const answer = new messages.CheckResponse();
  answer.setInputs(struct(inputs));
  answer.setFailuresList(failures.map(failureOf));
  return answer;
}

function failureOf({ property, reason }: { property: string; reason: string }): proto.CheckFailure {
  const failure = new messages.CheckFailure();
  failure.setProperty(property);
  failure.setReason(reason);
  return failure;
}

const given = (values: Struct | undefined): Properties => (values?.toJavaScript() ?? {}) as Properties;

const struct = (properties: Properties): Struct => structs.Struct.fromJavaScript(properties as never);

const addressed = (request: { getUrn(): string; getId(): string }) => ({ urn: request.getUrn(), id: request.getId() });

const changesIn = (changes: boolean) => {
  const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
  return changes ? DIFF_SOME : DIFF_NONE;
};

function kindOf(change: Change, isReplaced: boolean): proto.PropertyDiff.Kind {
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  return kinds[change][isReplaced ? 1 : 0];
}
