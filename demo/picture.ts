/** Draws price and traded volume of one symbol, minute by minute, as an SVG. Pure: rows in, text out. */

export interface MinuteBar {
  /** Minutes since midnight UTC. */
  readonly minute: number;
  readonly low: number;
  readonly high: number;
  readonly close: number;
  readonly volumeShares: number;
}

export interface PictureTexts {
  readonly title: string;
  readonly subtitle: string;
}

const WIDTH = 960;
const HEIGHT = 540;
const LEFT = 72;
const RIGHT = 24;
const PRICE_TOP = 84;
const PRICE_BOTTOM = 372;
const VOLUME_TOP = 396;
const VOLUME_BOTTOM = 492;

const round = (value: number): string => value.toFixed(1);
const escapeText = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

type Scale = (value: number) => number;

const linear = (fromLow: number, fromHigh: number, toLow: number, toHigh: number): Scale => {
  const span = fromHigh - fromLow || 1;
  return (value) => toLow + ((value - fromLow) / span) * (toHigh - toLow);
};

/** About `count` round values inside the range. */
function ticks(low: number, high: number, count: number): readonly number[] {
  const rough = (high - low) / count || 1;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10) * magnitude;
  const values: number[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) values.push(value);
  return values;
}

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

function priceAxis(low: number, high: number, y: Scale): string {
  return ticks(low, high, 5)
    .map(
      (price) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(price))}" y2="${round(y(price))}"/>` +
        `<text class="axis" x="${LEFT - 8}" y="${round(y(price) + 4)}" text-anchor="end">${price.toFixed(2)}</text>`,
    )
    .join("\n");
}

function timeAxis(first: number, last: number, x: Scale): string {
  const hours: string[] = [];
  for (let minute = Math.ceil(first / 60) * 60; minute <= last; minute += 60) {
    hours.push(`<text class="axis" x="${round(x(minute))}" y="${VOLUME_BOTTOM + 20}" text-anchor="middle">${clock(minute)}</text>`);
  }
  return hours.join("\n");
}

function volumeBars(bars: readonly MinuteBar[], x: Scale): string {
  const highest = Math.max(...bars.map((bar) => bar.volumeShares));
  const y = linear(0, highest, VOLUME_BOTTOM, VOLUME_TOP);
  const width = Math.max(1, x(1) - x(0) - 0.4);
  return bars
    .map((bar, index) => {
      const rose = bar.close >= (bars[index - 1]?.close ?? bar.close);
      const top = y(bar.volumeShares);
      return `<rect class="${rose ? "up" : "down"}" x="${round(x(bar.minute))}" y="${round(top)}" width="${round(width)}" height="${round(VOLUME_BOTTOM - top)}"/>`;
    })
    .join("\n");
}

export function drawPicture(bars: readonly MinuteBar[], texts: PictureTexts): string {
  const first = bars[0]?.minute ?? 0;
  const last = bars.at(-1)?.minute ?? 1;
  const low = Math.min(...bars.map((bar) => bar.low));
  const high = Math.max(...bars.map((bar) => bar.high));
  const x = linear(first, last + 1, LEFT, WIDTH - RIGHT);
  const y = linear(low, high, PRICE_BOTTOM, PRICE_TOP);
  const points = (pick: (bar: MinuteBar) => number, rows = bars): string =>
    rows.map((bar) => `${round(x(bar.minute))},${round(y(pick(bar)))}`).join(" ");
  const closing = bars.at(-1)?.close ?? 0;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
<title>${escapeText(texts.title)}</title>
<style>
text { font-family: ui-sans-serif, system-ui, "Helvetica Neue", Arial, sans-serif; fill: #1f2937; }
.title { font-size: 20px; font-weight: 600; } .subtitle { font-size: 12.5px; fill: #6b7280; }
.axis { font-size: 11px; fill: #6b7280; } .grid { stroke: #e5e7eb; stroke-width: 1; }
.band { fill: #2563eb; opacity: 0.14; } .price { fill: none; stroke: #2563eb; stroke-width: 1.6; stroke-linejoin: round; }
.up { fill: #10b981; opacity: 0.75; } .down { fill: #ef4444; opacity: 0.65; }
.last { font-size: 12px; font-weight: 600; fill: #2563eb; }
</style>
<rect width="100%" height="100%" fill="#ffffff"/>
<text class="title" x="${LEFT}" y="36">${escapeText(texts.title)}</text>
<text class="subtitle" x="${LEFT}" y="58">${escapeText(texts.subtitle)}</text>
${priceAxis(low, high, y)}
<polygon class="band" points="${points((bar) => bar.high)} ${points((bar) => bar.low, bars.toReversed())}"/>
<polyline class="price" points="${points((bar) => bar.close)}"/>
<text class="last" x="${WIDTH - RIGHT}" y="${round(y(closing) - 8)}" text-anchor="end">${closing.toFixed(2)}</text>
<text class="axis" x="${LEFT - 8}" y="${VOLUME_TOP + 10}" text-anchor="end">volume</text>
${volumeBars(bars, x)}
<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${VOLUME_BOTTOM}" y2="${VOLUME_BOTTOM}"/>
${timeAxis(first, last, x)}
</svg>
`;
}
