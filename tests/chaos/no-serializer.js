// Required before anything else in every Node process of a run. What the SDK serializes functions with makes up most of
// what a process that serves the provider loads, and is of no use there.
if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  const Module = require("node:module");
  const SERIALIZER = ["@npmcli/arborist", "typescript"];
  const load = Module._load;
  Module._load = (request, ...rest) => (SERIALIZER.includes(request) ? {} : load(request, ...rest));
}
