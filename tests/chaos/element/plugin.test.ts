import { serveBy } from "../served-by";
import { failuresInGravestCall } from "./gravest-call";
import { Site } from "./site";

let serveAsBefore: () => void;
let site: Site;

beforeAll(async () => {
  serveAsBefore = serveBy("plugin");
  site = await Site.open();
}, 120_000);
afterAll(async () => {
  await site.close();
  serveAsBefore();
});

it("fresh up: a run whose plugin was cut off in its gravest call is finished in each way", async () => {
  expect(await failuresInGravestCall(site, "fresh up")).toEqual([]);
}, 240_000);
