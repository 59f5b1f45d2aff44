/** Larger ones, and those with more than plain shapes and text, could take the page's time without an end. */
const MAX_SVG = 1_048_576;
const PLAIN = /^(?:\?xml|!--|\/?(?:svg|title|desc|metadata|g|path|circle|ellipse|rect|line|polyline|polygon|text|tspan|[a-z]+:credential)[\s/>])/i;
/** What makes a browser draw one shape in many layers. */
const COSTLY = /\s(?:style|opacity|filter|mask|clip-path|stroke-dasharray)\s*=/;
/** Ours have some fifty. */
const MOST_TAGS = 1_000;
const SIDE = 1600;

/** Draw an SVG picture as pixels; null where it is not plain, or cannot be drawn. */
export async function drawnSvg(bytes: Uint8Array): Promise<Blob | null> {
  if (bytes.length > MAX_SVG) return null;
  const text = new TextDecoder().decode(bytes);
  const tags = text.replace(/<!\[CDATA\[.*?\]\]>/gs, '').split('<').slice(1);
  if (tags.length > MOST_TAGS || !tags.every((tag) => PLAIN.test(tag) && !COSTLY.test(tag))) return null;
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  try {
    await picture.decode();
    const scale = SIDE / Math.max(picture.naturalWidth, picture.naturalHeight, 1);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve));
  } catch {
    return null;
  }
}
