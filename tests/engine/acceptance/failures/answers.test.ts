import { ANSWER_FAILURES, SLOW_FAILURES } from "./answer-failures";
import { walk } from "./walk";

describe("an answer that is none", () => walk(ANSWER_FAILURES, { pauses: 10, deadlines: 1 }));

describe("an answer that does not end", () => walk(SLOW_FAILURES, { pauses: 10, deadlines: 10 }));
