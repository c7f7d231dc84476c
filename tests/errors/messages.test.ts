import { Page } from "../kit/page";
import { ALL_PROVOCATIONS } from "./all-provocations";

test.each(ALL_PROVOCATIONS)("%s: its page shows what is said", async (code, provoke) => {
  const said = await provoke();
  expect(said).toContain(`${code}: `);
  new Page(`docs/errors/${code}.md`).expectMessage("message", said);
});
