// Declares what rows.json says, each resource with a connection of its own where it brings one.
const pulumi = require("@pulumi/pulumi");
const { element, pki, Provider } = require("pulumi-ekm");

/** Stands in for what a policy knows by its type alone. */
class HardwareEncryption extends pulumi.CustomResource {
  constructor(name, args, opts) {
    const __provider = 'exports.handler = () => require("./toy.js");';
    super("pulumi-nodejs:dynamic/ekm/element:HardwareEncryption", name, { ...args, __provider }, opts);
  }
}

const classes = { HardwareEncryption, ...element, ...pki };

for (const { type, name, args, protect, connection } of require("./rows.json")) {
  const provider = connection && new Provider(name, { clusters: { [args.cluster]: connection } });
  new classes[type](name, args, { protect, provider });
}
