import { readFileSync } from "node:fs";
import { registry } from "../../provider/systems/registry";
import { calledMethods } from "../../tools/rights/called-methods";
import { SECURITY_PAGE, securityPage } from "../../tools/rights/table";

const called = calledMethods();

test("the page on security has the methods that the sources call; npm run generate writes them", () => {
  expect(readFileSync(SECURITY_PAGE, "utf8")).toBe(securityPage(called));
});

test("methods are found behind every function that a resource uses, and none that it does not", () => {
  expect([...called.keys()]).toEqual(Object.keys(registry));
  expect([...(called.get("element:CertificateSigningRequest") ?? [])].sort()).toEqual([
    "GetAPI",
    "GetClientCertificateSignRequest",
    "GetClusterInfo",
  ]);
  expect([...(called.get("element:KeyProvider") ?? [])]).toEqual(expect.arrayContaining(["GetAsyncResult"]));
  expect(called.get("pki:SignedCertificate")?.size).toBe(0);
});
