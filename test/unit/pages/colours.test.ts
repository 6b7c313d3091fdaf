import { expect, test } from 'vitest';
import { COLOURS, TEXT_ON } from '#shared/pages/style-tokens.ts';

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const schemes = Object.entries(COLOURS);
const pairs = schemes.flatMap(([scheme, colours]) =>
  Object.entries(TEXT_ON).flatMap(([ground, texts]) =>
    texts.map((text) => ({ scheme, ground, text, of: colours as Record<string, string> })),
  ),
);

test.each(pairs)('in $scheme, $text on $ground can be read in poor light (7:1)', ({ of, ground, text }) => {
  expect(contrast(of[text] ?? '', of[ground] ?? '')).toBeGreaterThanOrEqual(7);
});

test.each(schemes)('in %s, the edge of a field stands out from the page (3:1)', (_, { edge, paper, wash }) => {
  expect(contrast(edge, paper)).toBeGreaterThanOrEqual(3);
  expect(contrast(edge, wash)).toBeGreaterThanOrEqual(3);
});
