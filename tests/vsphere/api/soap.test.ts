import { responseOf, Service } from "./service";

let service: Service;
beforeEach(async () => {
  service = await Service.start();
});
afterEach(() => service.close());

const clusterOf = (name: string, more = "") =>
  `<returnval><clusterId><id>${name}</id></clusterId>${more}<useAsDefault>false</useAsDefault></returnval>`;

test("a call logs in once, and what is read is what is there", async () => {
  service.soap = ({ method }) => ({
    body: responseOf(
      method,
      clusterOf(
        "a &amp; &lt;b&gt;",
        "<servers><name>one</name><address>kms</address><port>5696</port><timeout>-1</timeout><userName/></servers>",
      ),
    ),
  });
  const vcenter = service.vcenter();
  const [first, second] = await Promise.all([vcenter.call("ListKmipServers", {}), vcenter.call("ListKmipServers", {})]);
  expect(first).toEqual([
    {
      clusterId: "a & <b>",
      servers: [{ name: "one", address: "kms", port: 5696 }],
      useAsDefault: false,
      useAsEntityDefault: [],
    },
  ]);
  expect(second).toEqual(first);
  expect(service.logins).toEqual(["Login"]);
  await vcenter.close();
  expect(service.logins).toEqual(["Login", "Logout"]);
});
