import { Announcements } from "../../provider/adapters/pulumi/announcements";
import { EngineLink } from "../../provider/adapters/pulumi/engine";
import { FakeEngine } from "./fake-engine";

let engine: FakeEngine;
let link: EngineLink;

beforeAll(async () => {
  const started = await FakeEngine.start();
  engine = started.engine;
  link = new EngineLink(started.address);
});

afterAll(() => {
  link.close();
  engine.stop();
});

const announcements = new Announcements();
announcements.tell(true);

test.each(["announce", "progress", "info", "warn"] as const)(
  "a line of %s reaches the engine without control sequences, on one line",
  async (severity) => {
    const printed = engine.line();
    link.log("urn:row", announcements)[severity]("\u001b[2Jrekeying\r\n::warning::\u202ex");
    await printed;
    expect(engine.lines.splice(0)).toEqual([{ urn: "urn:row", message: "\ufffd[2Jrekeying ::warning::\ufffdx" }]);
  },
);
