import type { Page } from '@playwright/test';

/**
 * Texts that cannot be read in full: cut by a box around them, beyond the edge of the window, or under another text. What
 * can be scrolled into sight is not cut, and what is shortened on purpose has its whole text as a title.
 */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const slack = 1.5;
    const found = new Set<string>();
    const seen: { readonly text: string; readonly box: DOMRect; readonly parent: Element }[] = [];
    const scrolls = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll';
    const clips = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
    const name = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${[...element.classList].slice(0, 6).join('.')}`;

    /** How the boxes around a text cut it; null: they do not. */
    function cutBy(parent: Element, box: DOMRect): string | null {
      let [across, along] = [true, true];
      for (let around: Element | null = parent; around !== null; around = around.parentElement) {
        const style = getComputedStyle(around);
        if (style.display === 'inline') continue;
        const edge = around.getBoundingClientRect();
        if (across && scrolls(style.overflowX)) across = false;
        if (along && scrolls(style.overflowY)) along = false;
        if (across && clips(style.overflowX)) {
          if (box.right > edge.right + slack || box.left < edge.left - slack) return `cut across by ${name(around)}`;
          if (style.textOverflow === 'ellipsis' && around.scrollWidth > around.clientWidth + 1) return 'shortened';
        }
        if (along && clips(style.overflowY) && (box.bottom > edge.bottom + 3 || box.top < edge.top - 3))
          return `cut along by ${name(around)}`;
        if (style.position === 'fixed') break;
      }
      if (across && (box.right > innerWidth + slack || box.left < -slack)) return 'beyond the edge of the window';
      return null;
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { nodeValue, parentElement: parent } = walker.currentNode;
      const text = nodeValue?.trim() ?? '';
      if (
        text === '' ||
        parent === null ||
        !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      )
        continue;
      // Only read aloud, or no text of the page.
      if (parent.closest('.sr-only, [aria-live].sr-only, svg, canvas, option, [title]') !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      for (const box of range.getClientRects()) {
        if (box.width < 1 || getComputedStyle(parent).clipPath !== 'none') continue;
        const how = cutBy(parent, box);
        if (how !== null) found.add(`“${text.slice(0, 60)}” ${how}`);
        else seen.push({ text, box, parent });
      }
    }

    // Two texts in one place cannot both be read. What floats above the page covers it on purpose.
    const layer = (element: Element): Element | null =>
      element.closest('[role=dialog], [role=menu], [data-base-ui-portal]');
    // Scrolled away or covered by a panel: its box is where others are drawn.
    const drawn = ({ box, parent }: (typeof seen)[number]): boolean => {
      const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      return hit !== null && (hit.contains(parent) || parent.contains(hit));
    };
    for (const [at, one] of seen.entries()) {
      for (const other of seen.slice(at + 1)) {
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (width < 4 || height < 6 || layer(one.parent) !== layer(other.parent)) continue;
        if (one.parent.contains(other.parent) || other.parent.contains(one.parent)) continue;
        if (drawn(one) && drawn(other)) found.add(`“${one.text.slice(0, 40)}” is under “${other.text.slice(0, 40)}”`);
      }
    }
    return [...found];
  });
}

/** Every text of the interface becomes longer by two fifths, as another language may be. Names, numbers and code stay. */
export function lengthen(page: Page): Promise<void> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.nodeValue ?? '';
      const parent = walker.currentNode.parentElement;
      if (!/[a-z]{2}/iu.test(text) || parent === null) continue;
      if (parent.closest('.code, pre, kbd, textarea, option, [role=grid], [title], [data-data]') !== null) continue;
      walker.currentNode.nodeValue = `${text}${' ŧëẋŧ'.repeat(Math.ceil((text.trim().length * 0.4) / 5))}`;
    }
  });
}
