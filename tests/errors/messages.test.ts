import { useTheatre } from "../element/table";
import { Page } from "../kit/page";
import { PROVOCATIONS } from "./provocations";

const theatre = useTheatre();

test.each(Object.entries(PROVOCATIONS))("%s: its page shows what is said", async (code, provoke) => {
  const said = await provoke(theatre);
  expect(said).toContain(`${code}: `);
  new Page(`docs/errors/${code}.md`).expectMessage("message", said);
});
