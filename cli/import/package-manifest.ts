/** What npm reads of a project that uses this package. */
export function packageManifest(
  name: string,
  { main, ...more }: { main?: string; devDependencies?: object } = {},
): string {
  const { version, peerDependencies, peerDependenciesMeta } = require("pulumi-ekm/package.json");
  const isNeeded = (peer: string) => !peerDependenciesMeta[peer]?.optional;
  const needed = Object.entries(peerDependencies).filter(([peer]) => isNeeded(peer));
  const dependencies = { ...Object.fromEntries(needed), "pulumi-ekm": `^${version}` };
  return `${JSON.stringify({ name, private: true, main, dependencies, ...more }, null, 2)}\n`;
}
