// What runs in the page itself. Each function reaches the browser as its text alone, and so holds all that it uses.

/** Where everything is. */
function layout() {
  const boxOf = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom, text: element.textContent ?? "" };
  };
  const textsIn = (element) => [...element.querySelectorAll("text")].map(boxOf);
  // Headers that a narrow page reads out but does not show.
  const isShown = (element) => element.closest("thead, caption") === null;
  return {
    viewport: document.documentElement.clientWidth,
    scrolled: document.documentElement.scrollWidth,
    elements: [...document.querySelectorAll("body *")].filter(isShown).map(boxOf),
    drawings: [...document.querySelectorAll("svg")]
      .filter((svg) => svg.getClientRects().length > 0)
      .map((svg) => ({
        ...boxOf(svg),
        texts: textsIn(svg),
        boxes: [...svg.querySelectorAll("g.box")].map((box) => ({ ...boxOf(box), texts: textsIn(box) })),
      })),
  };
}

/** The contrast of each text with what is behind it, as WCAG counts it. */
function contrasts() {
  const channelsOf = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (color) => {
    const [red, green, blue] = channelsOf(color).map((value) => linear(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    const box = element.closest("g.box");
    if (box !== null) return getComputedStyle(box.querySelector("rect")).fill;
    const color = getComputedStyle(element).backgroundColor;
    const isClear = channelsOf(color)[3] === 0;
    return isClear && element.parentElement !== null ? behind(element.parentElement) : color;
  };
  const hasText = ({ childNodes }) =>
    [...childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== "");
  const isShown = (element) => element.getClientRects().length > 0 && !element.matches("title, desc, style");
  return [...document.querySelectorAll("body *")]
    .filter((element) => hasText(element) && isShown(element))
    .map((element) => {
      const { color, fill } = getComputedStyle(element);
      const lights = [luminance(element instanceof SVGElement ? fill : color), luminance(behind(element))];
      const ratio = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
      return { text: element.textContent.trim().slice(0, 40), ratio };
    });
}

const background = () => getComputedStyle(document.body).backgroundColor;

module.exports = { layout, contrasts, background };
