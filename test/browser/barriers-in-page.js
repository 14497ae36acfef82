// Runs in a page, beside axe. Whether a text is readable is decided by its colours and by what it stands on: what axe has
// passed once, on any page, it is not asked again. Two schemes on every page were most of what axe costs; all else depends
// on what the page holds, and not on the scheme.
(() => {
  const attribute = "data-mantine-color-scheme";
  const ofText = ["color", "fontSize", "fontWeight", "textShadow"];
  const ofGround = ["backgroundColor", "backgroundImage", "opacity", "mixBlendMode"];
  const noGround = "rgba(0, 0, 0, 0)|none|1|normal";
  const contrast = "color-contrast";

  const valuesOf = (style, names) => names.map((name) => style[name]).join("|");

  /** Elements that show text, each with a number that stands for its colours and those of everything it is in. */
  function coloursOfTexts(scheme) {
    const texts = new Map();
    const visit = (element, below) => {
      const style = getComputedStyle(element);
      if (style.display === "none") return;
      const own = valuesOf(style, ofGround);
      const ground = own === noGround ? below : `${below}>${own}`;
      if (showsText(element)) texts.set(element, shorten(`${ground}>${valuesOf(style, ofText)}`));
      for (const child of element.children) visit(child, ground);
    };
    visit(document.body, scheme);
    return texts;
  }

  function showsText(element) {
    const holds =
      element.matches("input:not([type=radio], [type=checkbox]), select, textarea") ||
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    // What waits above the page for the keyboard's focus is nothing to axe until then.
    return (
      holds &&
      element.checkVisibility({ visibilityProperty: true }) &&
      element.getBoundingClientRect().bottom + scrollY > 0
    );
  }

  function shorten(text) {
    let hash = 0;
    for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    return hash;
  }

  async function lookAtColours(scheme, known) {
    document.documentElement.setAttribute(attribute, scheme);
    const colours = coloursOfTexts(scheme);
    const include = [...colours.keys()].filter((element) => !known.has(colours.get(element)));
    if (include.length === 0) return { violations: [], passes: [], colours };
    const results = { resultTypes: ["violations", "passes"], elementRef: true, preload: false };
    return { ...(await axe.run({ include }, { runOnly: [contrast], ...results })), colours };
  }

  globalThis.findBarriers = async (passed) => {
    const known = new Set(passed);
    const scheme = document.documentElement.getAttribute(attribute);
    const dark = await lookAtColours("dark", known);
    const light = await lookAtColours("light", known);
    document.documentElement.setAttribute(attribute, scheme);
    const rules = { [contrast]: { enabled: false } };
    const { violations } = await axe.run(document, { rules, resultTypes: ["violations"], preload: false });
    return {
      violations: [...dark.violations, ...light.violations, ...violations],
      passed: [dark, light].flatMap(({ passes, colours }) =>
        passes.flatMap(({ nodes }) => nodes.map(({ element }) => colours.get(element)).filter(Boolean)),
      ),
    };
  };
})();
