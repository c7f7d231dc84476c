/** The copy of gRPC that the SDK's own messages are built on: credentials and services of another copy are refused. */
export function grpc(): typeof import("@grpc/grpc-js") {
  return require(require.resolve("@grpc/grpc-js", { paths: [require.resolve("@pulumi/pulumi")] }));
}
