// Declares what rows.json says, each resource with a connection of its own where it brings one.
const { element, pki, Provider } = require("pulumi-ekm");

const classes = { ...element, ...pki };

for (const { type, name, args, protect, connection } of require("./rows.json")) {
  const provider = connection && new Provider(name, { clusters: { [args.cluster]: connection } });
  new classes[type](name, args, { protect, provider });
}
