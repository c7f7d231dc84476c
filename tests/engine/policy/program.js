// Declares what rows.json says, each resource with a connection of its own where it brings one.
const { element, keyprotect, pki, Provider } = require("pulumi-ekm");

const classes = { ...element, ...keyprotect, ...pki };

for (const { type, name, args, protect, connection } of require("./rows.json")) {
  const connections = args.instance
    ? { keyProtectInstances: { [args.instance]: connection } }
    : { clusters: { [args.cluster]: connection } };
  const provider = connection && new Provider(name, connections);
  new classes[type](name, args, { protect, provider });
}
