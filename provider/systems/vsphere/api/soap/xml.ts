import type { SaxesTagNS } from "saxes";

/** An element, as far as anybody reads it. */
export interface XmlElement {
  /** Without a prefix. */
  name: string;
  /** Name space. */
  uri: string;
  /** `xsi:type`, without a prefix. */
  xsiType?: string;
  /** The attribute `type`, by which references name the types of objects. */
  type?: string;
  children: XmlElement[];
  /** All text between its tags, that of children left out. */
  text: string;
}

/** A text is no XML, or more of it than an answer has. */
export class XmlError extends Error {}

/** Far above what an answer needs: a bomb has more. */
const DEEPEST = 64;
const MOST_ELEMENTS = 200_000;

const XSI = "http://www.w3.org/2001/XMLSchema-instance";

/**
 * Reads a whole document. Types of documents are refused, and with them entities of their own: nothing in an answer may stand
 * for more than itself.
 *
 * @throws XmlError
 */
export function readXml(text: string): XmlElement {
  // Loaded when the first answer is read: checks and comparisons do without.
  const { SaxesParser } = require("saxes") as typeof import("saxes");
  const parser = new SaxesParser({ xmlns: true, position: false });
  const root: XmlElement = { name: "", uri: "", children: [], text: "" };
  const open = [root];
  let elements = 0;
  const refused = (why: string): never => {
    throw new XmlError(why);
  };
  parser.on("error", ({ message }) => refused(message));
  parser.on("doctype", () => refused("it declares a type of documents"));
  parser.on("opentag", (tag) => {
    const element = elementOf(tag);
    elements += 1;
    if (open.length > DEEPEST) refused(`its elements are nested more than ${DEEPEST} deep`);
    if (elements > MOST_ELEMENTS) refused(`it has more than ${MOST_ELEMENTS} elements`);
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  const add = (more: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += more;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.write(text).close();
  const [document] = root.children;
  return document ?? refused("it is empty");
}

function elementOf({ local, uri, attributes }: SaxesTagNS): XmlElement {
  const given = Object.values(attributes);
  const typeIn = (space: string) => given.find((each) => each.local === "type" && each.uri === space)?.value;
  const xsiType = typeIn(XSI);
  return {
    name: local,
    uri,
    xsiType: xsiType?.slice(xsiType.indexOf(":") + 1),
    type: typeIn(""),
    children: [],
    text: "",
  };
}
