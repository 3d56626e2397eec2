/**
 * Keeps `--visible-height` on a node at the height that is really seen: iOS lays its keyboard over the page and
 * leaves `100dvh` as it was.
 */
export function visibleHeight(node: HTMLElement): (() => void) | undefined {
  const viewport = window.visualViewport;
  if (!viewport) return undefined;
  const measure = () => {
    node.style.setProperty("--visible-height", `${Math.round(viewport.height)}px`);
    // The browser may have pushed the page up to show the field; it is at the bottom of ours anyway.
    if (viewport.scale === 1) scrollTo(0, 0);
  };
  measure();
  viewport.addEventListener("resize", measure);
  return () => viewport.removeEventListener("resize", measure);
}
