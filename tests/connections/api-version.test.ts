import { isOlder } from "../../provider/connections/api-version";

test.each([
  ["11.7", "11.10", true],
  ["12.0", "11.10", false],
  ["11.7", "11.7", false],
  ["8.0.1.0", "8.0.1", false],
  ["8.0.1", "8.0.1.0", false],
  ["8.0", "8.0.1", true],
  ["8.0.0.2", "8.0.1", true],
  ["10.0", "9.0.0.0", false],
])("whether %s is older than %s: %s", (version, than, older) => expect(isOlder(version, than)).toBe(older));
