import { SystemResource } from "../kit/resource";
import { subjects } from "../kit/simulated";
import { opened } from "../kit/table";

const adopting = subjects.flatMap((subject) =>
  subject.adopting === undefined ? [] : [[subject.token, subject, subject.adopting] as const],
);

describe.each(adopting)("%s", (token, { lifecycle, simulated }, { stage, args, says }) => {
  const theatre = opened(simulated.theatre());

  test("the first preview of one that adopts says so, and no later one", async () => {
    const scene = await theatre.scene(stage);
    const run = simulated.runOn(scene);
    const resource = new SystemResource(lifecycle, token, run);
    const inputs = await args(scene);
    const told = () => run.lines.filter(({ message }) => message.includes(says)).length;
    await resource.preview(inputs);
    expect(told()).toBe(1);
    await resource.up(inputs);
    const before = told();
    run.next();
    await resource.preview(inputs);
    expect(told()).toBe(before);
    await run.close();
  });
});
