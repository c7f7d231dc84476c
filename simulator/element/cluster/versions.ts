/** Every version of the API that there has been, as far as clients ask for them. */
const published = [
  ...["1.0", "2.0", "3.0", "4.0", "5.0", "5.1", "6.0", "7.0", "7.1", "7.2", "7.3", "7.4", "8.0", "8.1", "8.2", "8.3"],
  ...["8.4", "8.5", "8.6", "8.7", "9.0", "9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "10.0", "10.1", "10.2", "10.3"],
  ...["10.4", "10.5", "10.6", "10.7", "10.8", "10.9", "11.0", "11.1", "11.3", "11.5", "11.7", "11.8"],
  ...["12.0", "12.2", "12.3", "12.5", "12.7", "12.8", "12.9"],
];

/** The versions that a cluster of version `newest` serves, oldest first. */
export function supportedVersions(newest: string): string[] {
  return [...published.filter((version) => compareVersions(version, newest) < 0), newest];
}

export function compareVersions(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split(".").map(Number);
  const [rightMajor = 0, rightMinor = 0] = right.split(".").map(Number);
  return leftMajor - rightMajor || leftMinor - rightMinor;
}
