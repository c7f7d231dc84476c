const pulumi = require("@pulumi/pulumi");
const { resources } = require("./graph.json");

const declared = new Map();

for (const resource of resources) {
  declared.set(resource.urn, declare(resource));
}

function declare({ type, name, isComponent, parent, dependsOn, inputs, outputs }) {
  const opts = { parent: declared.get(parent), dependsOn: resourcesOf(dependsOn) };
  if (isComponent) {
    const component = new pulumi.ComponentResource(type, name, {}, opts);
    component.registerOutputs(outputs);
    return component;
  }
  const props = Object.fromEntries(Object.keys(outputs).map((output) => [output, undefined]));
  for (const [key, input] of Object.entries(inputs)) {
    props[key] = inputOf(input);
  }
  props.__provider = `exports.handler = () => require("./provider").waiting("${type}");`;
  return new pulumi.CustomResource(type, name, props, opts);
}

/** The recorded value, known when the resources that it came from are. */
function inputOf({ value, isSecret, from }) {
  const known = from.length === 0 ? value : pulumi.all(resourcesOf(from).map(({ urn }) => urn)).apply(() => value);
  return isSecret ? pulumi.secret(known) : known;
}

function resourcesOf(urns) {
  return urns.map((urn) => declared.get(urn));
}
